/** The trail of an operation: every change of a kept record becomes one audit event in the same transaction. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { QueryTypes, type Model } from 'sequelize'
import { currentTransaction, sequelize } from '../db/sequelize.ts'
import { AuditEvent } from '../models/audit-event.ts'
import { KeptModel, LastingModel } from '../models/kept-model.ts'
import { policyOf } from '../policies/define-policy.ts'
import type { Actor } from '../policies/actor.ts'

type Changes = Record<string, { before: unknown; after: unknown }>
type Trail = {
  operation: string
  actor: Actor
  now: Date
  changes: Map<string, { record: Model; changes: Changes }>
  note?: string
}

const trails = new AsyncLocalStorage<Trail>()

// Written by the frame itself, so they would say the same thing twice.
const frame = new Set([
  'id',
  'version',
  'createdBy',
  'createdAt',
  'updatedBy',
  'updatedAt',
  'deletedBy',
  'restoredBy',
  'restoredAt',
])

/** Runs `work` with a trail of its own and writes the events it left, inside the caller's transaction. */
export async function withTrail<T>(
  operation: string,
  actor: Actor,
  now: Date,
  work: () => Promise<T>,
): Promise<T> {
  const trail: Trail = { operation, actor, now, changes: new Map() }
  return trails.run(trail, async () => {
    const result = await work()
    await AuditEvent.bulkCreate(
      [...trail.changes.values()].map(({ record, changes }) => ({
        ...author(trail),
        operation,
        subjectType: tableOf(record),
        subjectId: record.get('id') as number,
        ...placeOf(record),
        changes,
        note: trail.note ?? null,
      })),
    )
    return result
  })
}

/** Adds the reason a person gave to every event of the current operation. */
export function noteReason(reason: string): void {
  const trail = trails.getStore()
  if (trail) trail.note = reason
}

/**
 * Events for rows that were changed alike by one SQL statement instead of record by record. `rows` come from its
 * RETURNING; they are written by one statement too. The subject's table must be a kept or lasting one.
 */
export async function recordEvents(
  subjectType: string,
  rows: readonly { id: number; officeId: number | null; organisationId: number | null }[],
  changes: Changes,
): Promise<void> {
  const trail = trails.getStore()
  if (!trail) throw new Error(`${subjectType} changed outside an operation`)
  if (rows.length === 0) return
  const { at, actorKind, actorId, actorName } = author(trail)
  await sequelize.query(
    `insert into audit_events (at, actor_kind, actor_id, actor_name, operation, note, subject_type,
       subject_id, office_id, organisation_id, changes)
     select $1::timestamptz, $2, $3::bigint, $4, $5, $6, $7, row.id, row.office_id, row.organisation_id, $8::jsonb
     from unnest($9::bigint[], $10::bigint[], $11::bigint[]) as row (id, office_id, organisation_id)`,
    {
      type: QueryTypes.INSERT,
      bind: [
        at,
        actorKind,
        actorId,
        actorName,
        trail.operation,
        trail.note ?? null,
        subjectType,
        JSON.stringify(changes),
        rows.map(({ id }) => id),
        rows.map(({ officeId }) => officeId),
        rows.map(({ organisationId }) => organisationId),
      ],
    },
  )
}

const author = ({ actor, now }: Trail) => ({
  at: now,
  actorKind: actor.kind,
  actorId: actor.id,
  actorName: actor.name,
})

const tableOf = (record: Model): string => (record.constructor as typeof Model).tableName

function placeOf(record: Model): { officeId: number | null; organisationId: number | null } {
  const attribute = (name: string) => (record.get(name) as number | null | undefined) ?? null
  const organisationId = tableOf(record) === 'organisations' ? attribute('id') : attribute('organisationId')
  return { officeId: attribute('officeId'), organisationId }
}

const isKept = (record: Model): boolean => record instanceof KeptModel || record instanceof LastingModel

/** The trail a kept record is written under. @throws Error outside an operation: such a write would leave no trace. */
function trailFor(record: Model): Trail {
  const trail = trails.getStore()
  if (!trail || !currentTransaction()) throw new Error(`${tableOf(record)} changed outside an operation`)
  return trail
}

function leave(trail: Trail, record: Model, changes: Changes): void {
  const key = `${tableOf(record)} ${String(record.get('id'))}`
  const known = trail.changes.get(key)
  // Changed twice in one operation: the trail tells the first "before" and the last "after".
  for (const [attribute, change] of Object.entries(changes)) {
    const first = known?.changes[attribute]
    if (first) change.before = first.before
  }
  trail.changes.set(key, { record, changes: { ...known?.changes, ...changes } })
}

function changesOf(record: Model, attributes: readonly string[], isNew: boolean): Changes {
  const { hidden } = policyOf(record.constructor as typeof Model as never)
  const changes: Changes = {}
  for (const attribute of attributes) {
    if (frame.has(attribute) || hidden.includes(attribute)) continue
    const after = record.get(attribute) ?? null
    const before = isNew ? null : ((record.previous(attribute) as unknown) ?? null)
    if (before !== after) changes[attribute] = { before, after }
  }
  return changes
}

sequelize.addHook('beforeCreate', (record: Model) => {
  if (!isKept(record)) return
  const { actor } = trailFor(record)
  record.set({ createdBy: actor.id, updatedBy: actor.id })
})

sequelize.addHook('afterCreate', (record: Model) => {
  if (!isKept(record)) return
  leave(trailFor(record), record, changesOf(record, Object.keys(record.get()), true))
})

sequelize.addHook('beforeUpdate', (record: Model, options: { fields?: string[] }) => {
  if (!isKept(record)) return
  const trail = trailFor(record)
  const changed = record.changed() || []
  if (changed.length === 0) return
  leave(trail, record, changesOf(record, changed, false))
  record.set('updatedBy', trail.actor.id)
  if (options.fields && !options.fields.includes('updatedBy')) options.fields.push('updatedBy')
})

sequelize.addHook('beforeBulkCreate', (records: Model[]) => {
  for (const record of records) {
    if (!isKept(record)) continue
    const { actor } = trailFor(record)
    record.set({ createdBy: actor.id, updatedBy: actor.id })
  }
})

sequelize.addHook('afterBulkCreate', (records: readonly Model[]) => {
  for (const record of records) {
    if (isKept(record)) leave(trailFor(record), record, changesOf(record, Object.keys(record.get()), true))
  }
})
