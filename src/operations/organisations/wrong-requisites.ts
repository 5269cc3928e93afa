/** Requisites that are wrong and stay: written down, accepted with a reason by one person, confirmed by another. */
import { isDeepStrictEqual } from 'node:util'
import type { Model, ModelStatic } from 'sequelize'
import { DomainError, type FieldFaults } from '../../domain/errors.ts'
import type { RequisiteFault } from '../../domain/requisites/checked.ts'
import type { RequisiteFaults } from '../../domain/requisites.ts'
import type { CheckedModel } from '../../models/checked-model.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { operation } from '../operation.ts'

type Checked = CheckedModel<Model> & Model

/**
 * The two steps from a wrong check digit to requisites in force. `noun` begins their names in the trail:
 * `organisation.override-requisites`.
 */
export function acceptingRequisites<M extends Model>(noun: string, model: ModelStatic<M>) {
  const lock = async (id: number): Promise<Checked> => {
    const record = await (model as unknown as ModelStatic<Checked>).findByPk(id, { lock: true })
    if (!record) throw new DomainError('not-found')
    return record
  }
  return {
    /** Accepts wrong check digits with a reason. It stays on the card, and waits for a second person to confirm. */
    override: operation(
      `${noun}.override-requisites`,
      async ({ actor, now }, { id, reason }: { id: number; reason: string }) => {
        const record = await lock(id)
        authorise(actor, 'overrideRequisites', record)
        if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
        noteReason(reason)
        record.set({
          requisitesOverrideReason: reason.trim(),
          requisitesOverrideBy: actor.id,
          requisitesOverrideAt: now,
          requisitesConfirmedBy: null,
          requisitesConfirmedAt: null,
        } as never)
        return record.save()
      },
    ),
    /** The second pair of eyes: never those that overrode. @throws DomainError `own-override`, `forbidden` */
    confirm: operation(`${noun}.confirm-requisites`, async ({ actor, now }, { id }: { id: number }) => {
      const record = await lock(id)
      authorise(actor, 'confirmRequisites', record)
      if (record.requisitesOverrideBy === actor.id) throw new DomainError('own-override')
      record.set({ requisitesConfirmedBy: actor.id, requisitesConfirmedAt: now } as never)
      return record.save()
    }),
  }
}

/** What stands beside each field, as it is stored and shown. */
export const fieldFaults = (faults: RequisiteFaults): FieldFaults =>
  Object.fromEntries(
    Object.entries(faults)
      .filter((entry): entry is [string, RequisiteFault] => entry[1] !== undefined)
      .map(([field, { code, params, suggestion }]) => [
        field,
        { code, params: { ...params, ...(suggestion === undefined ? {} : { suggestion }) } },
      ]),
  )

/**
 * Writes the faults into a record that is about to be saved. An acceptance was of the values it was given for: it ends
 * when one of `fields` has another value, or another fault.
 */
export function rememberFaults(record: Model, faults: FieldFaults, fields: readonly string[]): void {
  const checked = record as Checked
  const before = record.isNewRecord ? {} : checked.requisitesFaults
  checked.set('requisitesFaults' as never, faults as never)
  const hasOtherValue = fields.some((field) => record.changed(field as never))
  // Not by their text: the database puts names in an order of its own.
  if (!hasOtherValue && isDeepStrictEqual(before, faults)) return
  checked.set({
    requisitesOverrideReason: null,
    requisitesOverrideBy: null,
    requisitesOverrideAt: null,
    requisitesConfirmedBy: null,
    requisitesConfirmedAt: null,
  } as never)
}
