/** The INSERT into the outbox: work exists when the transaction around it commits, and never otherwise. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../db/sequelize.ts'
import { type Payload, type Topic, messages } from './messages.ts'

/** `key` makes the message unique within its topic for as long as its row is kept. */
export type Enqueued<T extends Topic> = Payload<T> & { key?: string }

export type EnqueueOptions = Readonly<{
  /** Not before this instant; now by default. */
  at?: Date
  batchId?: number
  officeId?: number
  /** Higher goes first; 0 by default. */
  priority?: number
  /** Overrides the topic's policy. */
  maxAttempts?: number
}>

const rowsPerInsert = 5000

/** Adds one message in the ambient transaction; its id, or null when the key is already there. */
export async function enqueue<T extends Topic>(
  topic: T,
  message: Enqueued<T>,
  options: EnqueueOptions = {},
): Promise<number | null> {
  const [first] = await insert(topic, [message], options)
  return first ?? null
}

/** Adds many messages in the ambient transaction, 5,000 per statement; how many were new. */
export async function enqueueMany<T extends Topic>(
  topic: T,
  list: readonly Enqueued<T>[],
  options: EnqueueOptions = {},
): Promise<number> {
  let added = 0
  for (let start = 0; start < list.length; start += rowsPerInsert)
    added += (await insert(topic, list.slice(start, start + rowsPerInsert), options)).length
  return added
}

async function insert<T extends Topic>(
  topic: T,
  list: readonly Enqueued<T>[],
  options: EnqueueOptions,
): Promise<number[]> {
  const { payload, backOff } = messages[topic]
  const rows = list.map(({ key, ...rest }) => ({ key: key ?? null, payload: payload.parse(rest) }))
  const added = await sequelize.query<{ id: number }>(
    `insert into outbox (topic, dedup_key, payload, next_at, batch_id, office_id, priority, max_attempts)
     select $1, item.key, item.payload, coalesce($3::timestamptz, now()), $4, $5, $6, $7
     from jsonb_to_recordset($2::jsonb) as item (key text, payload jsonb)
     on conflict (topic, dedup_key) do nothing
     returning id`,
    {
      type: QueryTypes.SELECT,
      bind: [
        topic,
        JSON.stringify(rows),
        options.at?.toISOString() ?? null,
        options.batchId ?? null,
        options.officeId ?? null,
        options.priority ?? 0,
        options.maxAttempts ?? backOff.attempts,
      ],
    },
  )
  return added.map(({ id }) => id)
}
