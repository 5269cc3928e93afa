/** The history of one record and who created, edited, deleted and restored it (S3-14). */
import type { Model, ModelStatic } from 'sequelize'
import type { HistoryEntry, Provenance } from '../../../admin/desk-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { models } from '../../models/associations.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, policyOf } from '../../policies/define-policy.ts'
import { row, rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { eventsPerPage, readEvents } from './history-of.ts'

export type RecordHistory = { entries: HistoryEntry[]; provenance: Provenance; hasMore: boolean }

const stamps = ['created', 'updated', 'deleted', 'restored'] as const

/** A resource is named after its table: `invoice-lines` is `invoice_lines`. */
function modelOf(resourceId: string): ModelStatic<Model> {
  const table = resourceId.replaceAll('-', '_')
  const model = models.find(({ tableName }) => tableName === table)
  if (!model) throw new DomainError('not-found')
  return model
}

/**
 * @param input.before id of the last event already shown
 * @throws DomainError `not-found` when the record does not exist for this actor, `forbidden` when the role may not see it
 */
export async function recordHistory(
  actor: Actor,
  input: { resourceId: string; recordId: number; before?: number | undefined },
): Promise<RecordHistory> {
  const model = modelOf(input.resourceId)
  authorise(actor, 'show', model)
  const scope = visible(actor, model, 't')
  const attributes = model.getAttributes()
  const columns = stamps
    .filter((stamp) => `${stamp}By` in attributes)
    .map((stamp) => `t.${stamp}_by, t.${stamp}_at`)
  const record = await row<Record<string, unknown>>(
    `select ${['t.id', ...columns].join(', ')} from ${model.tableName} t where t.id = $id and ${scope.sql}`,
    { ...scope.bind, id: input.recordId },
  )
  if (!record) throw new DomainError('not-found')
  const { hidden } = policyOf(model)
  // The trail of a visible record is visible; its hidden columns are not, whoever wrote them there.
  const found = await readEvents(
    `e.subject_type = $table and e.subject_id = $id and ($before::bigint is null or e.id < $before)`,
    { table: model.tableName, id: input.recordId, before: input.before ?? null },
    eventsPerPage + 1,
  )
  const entries = found.slice(0, eventsPerPage).map((entry) => ({
    ...entry,
    changes: entry.changes.filter(({ property }) => !hidden.includes(property)),
  }))
  return { entries, provenance: await provenanceOf(record), hasMore: found.length > eventsPerPage }
}

async function provenanceOf(record: Record<string, unknown>): Promise<Provenance> {
  const authors = [...new Set(stamps.map((stamp) => record[`${stamp}_by`]))].filter(
    (id) => typeof id === 'number',
  )
  const named = await rows<{ id: number; name: string }>(
    `select id, concat_ws(' ', name, surname) as name from users where id = any ($authors)`,
    { authors },
  )
  const nameOf = new Map(named.map(({ id, name }) => [id, name]))
  const provenance: Provenance = {}
  for (const stamp of stamps) {
    const at = record[`${stamp}_at`]
    if (at instanceof Date)
      provenance[stamp] = { by: nameOf.get(record[`${stamp}_by`] as number) ?? null, at: at.toISOString() }
  }
  return provenance
}
