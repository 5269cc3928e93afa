/** Creating, editing, deleting and restoring of plain records, as the back office's forms do it. */
import type { Model, ModelStatic } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import type { KeptModel } from '../models/kept-model.ts'
import { authorise } from '../policies/define-policy.ts'
import { noteReason } from './audit.ts'
import { operation, type Operation } from './operation.ts'

type Kept = KeptModel<Model> & Model

/** The four operations of one model; `noun` begins their names in the trail: `contract.edit`. */
export type RecordKeeping = Readonly<{
  create: Operation<{ values: object }, Model>
  edit: Operation<{ id: number; version?: number; values: object }, Model>
  remove: Operation<{ id: number; reason?: string }, Model>
  restore: Operation<{ id: number }, Model>
}>

/**
 * @param check runs on the record before it is saved; it may set derived columns and throws DomainError with fields
 * when the values contradict each other.
 */
export function keepRecords<M extends Model>(
  noun: string,
  model: ModelStatic<M>,
  check: (record: M) => Promise<void> | void = () => undefined,
): RecordKeeping {
  const kept = model as unknown as ModelStatic<Kept>
  const prepare = check as unknown as (record: Kept) => Promise<void> | void

  const find = async (id: number): Promise<Kept> => {
    const record = await kept.findByPk(id, { lock: true, paranoid: false })
    if (!record) throw new DomainError('not-found')
    return record
  }

  return {
    create: operation(`${noun}.create`, async ({ actor }, { values }) => {
      authorise(actor, 'new', kept)
      const record = kept.build(values as never)
      await prepare(record)
      return record.save()
    }),
    edit: operation(`${noun}.edit`, async ({ actor }, { id, version, values }) => {
      const record = await find(id)
      authorise(actor, 'edit', record)
      // The form was opened on an older version: somebody else's change must not be overwritten silently.
      if (version !== undefined && version !== record.version) throw new DomainError('stale-record')
      record.set(values as never)
      await prepare(record)
      return record.save()
    }),
    remove: operation(`${noun}.delete`, async ({ actor, now }, { id, reason }) => {
      const record = await find(id)
      authorise(actor, 'delete', record)
      if (reason) noteReason(reason)
      return mark(record, now, { deletedBy: actor.id })
    }),
    restore: operation(`${noun}.restore`, async ({ actor, now }, { id }) => {
      const record = await find(id)
      authorise(actor, 'restore', record)
      return mark(record, null, { restoredAt: now, restoredBy: actor.id })
    }),
  }
}

/** `set` and `update` pass over the mark of a soft deletion without a word: Sequelize keeps it read-only. */
function mark(record: Kept, deletedAt: Date | null, rest: Partial<Kept>): Promise<Kept> {
  record.setDataValue('deletedAt' as never, deletedAt as never)
  return record.set(rest as never).save()
}
