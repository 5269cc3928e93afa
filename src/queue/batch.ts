/** A batch: many messages that a person started together and whose progress is shown as one. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'
import type { Executor } from './claim.ts'
import { messages } from './messages.ts'

export type NewBatch = Readonly<{
  kind: string
  officeId: number | null
  organisationId?: number | null
  createdBy: number | null
  total: number
  params?: Readonly<Record<string, unknown>>
}>

/** Opens a batch in the ambient transaction; enqueue its messages with this id in the same transaction. */
export async function openBatch(batch: NewBatch): Promise<number> {
  const [row] = await sequelize.query<{ id: number }>(
    `insert into batches (kind, office_id, organisation_id, created_by, total, params, state, done_at)
     values ($1, $2, $3, $4, $5::integer, $6::jsonb,
       case when $5::integer = 0 then 'done' else 'open' end, case when $5::integer = 0 then now() end)
     returning id`,
    {
      type: QueryTypes.SELECT,
      bind: [
        batch.kind,
        batch.officeId,
        batch.organisationId ?? null,
        batch.createdBy,
        batch.total,
        JSON.stringify(batch.params ?? {}),
      ],
    },
  )
  return Number(row?.id)
}

/**
 * Closes those of the given batches (of all open ones without a list) that have nothing left to do, each with one
 * message `batch.closed`. Call it after the commit that ended a message: then the last of several finishers always
 * sees the others.
 */
export async function closeBatches(db: Executor, ids?: readonly number[]): Promise<void> {
  await db.query(
    `with closed as (
       update batches b
       set done_at = now(), state = case
         when exists (select from outbox where batch_id = b.id and state in ('dead', 'uncertain')) then 'failed'
         else 'done' end
       where b.state = 'open' and ($1::bigint[] is null or b.id = any($1))
         and exists (select from outbox where batch_id = b.id)
         and not exists (select from outbox where batch_id = b.id and state in ('new', 'work'))
       returning id, office_id, done_at)
     insert into outbox (topic, dedup_key, payload, max_attempts, office_id)
     select 'batch.closed', 'batch-' || id || '-' || extract(epoch from done_at), jsonb_build_object('batchId', id), $2,
       office_id
     from closed on conflict (topic, dedup_key) do nothing`,
    [ids ?? null, messages['batch.closed'].backOff.attempts],
  )
}
