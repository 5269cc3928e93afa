/** How a message ends badly, and what a person may do about it afterwards. */
import { QueryTypes } from 'sequelize'
import { atomic } from '../db/atomic.ts'
import { sequelize } from '../db/sequelize.ts'
import { type Executor, type Failed, type Held, type Message, fail, finish } from './claim.ts'
import { type Failure, LeaseLost } from './failure.ts'
import type { Handler } from './handlers.ts'
import { type Payload, type Policy, type Topic, messages, topics } from './messages.ts'

/** The ambient transaction of `atomic` as an executor. */
const ambient: Executor = {
  async query(text, values) {
    const rows = await sequelize.query<object>(text, { type: QueryTypes.SELECT, bind: values ?? [] })
    return { rows, rowCount: rows.length }
  },
}

/** Ends messages inside the ambient transaction; throws LeaseLost when any of them is no longer ours. */
export async function finishHere(held: readonly Held[]): Promise<void> {
  const ended = await finish(ambient, held)
  if (ended.size !== held.length) throw new LeaseLost('The message is in other hands')
}

/** Fails one attempt; when it was the last, the handler's `onDead` runs in the same transaction. */
export const failMessage = (
  message: Message,
  failure: Failure,
  options: { delaySeconds: number; permanent: boolean },
  handler: Handler,
): Promise<Failed> =>
  atomic(async () => {
    const state = await fail(ambient, message, failure, options)
    if (state === 'dead') await handler.onDead?.(message, failure)
    return state
  })

const workerDied: Failure = {
  code: 'worker-died',
  text: 'The worker stopped before the message was finished',
}

type Expired = {
  id: number
  topic: Topic
  payload: Payload<Topic>
  token: string
  attempts: number
  max_attempts: number
  batch_id: number | null
  office_id: number | null
}

/** What a sweep changed, by the state reached. */
export type Swept = Record<'new' | 'dead' | 'uncertain', number>

const sweepChunk = 500

/**
 * Takes messages from workers that let their lease expire: back to the queue, to `uncertain` where the topic
 * says so, or dead when their attempts are used up. Several workers may sweep at once.
 */
export async function sweepExpired(
  handlers: readonly Handler[],
  policyOf: (topic: Topic) => Policy = (topic) => messages[topic],
): Promise<Swept> {
  const uncertain = topics.filter((topic) => policyOf(topic).onCrash === 'uncertain')
  const swept: Swept = { new: 0, dead: 0, uncertain: 0 }

  const returned = await sequelize.query<{ count: number }>(
    `with expired as (
       select id from outbox
       where state = 'work' and lease_until < now() and attempts < max_attempts and topic <> all ($1::text[])
       for update skip locked),
     moved as (
       update outbox o
       set state = 'new', next_at = now(), crashes = crashes + 1, error_code = $2, last_error = $3,
         lease_token = null, lease_until = null
       from expired where o.id = expired.id returning o.topic),
     told as (select pg_notify('outbox', topic) from (select distinct topic from moved) as topics)
     select (select count(*) from moved) as count, (select count(*) from told) as told`,
    { type: QueryTypes.SELECT, bind: [uncertain, workerDied.code, workerDied.text] },
  )
  swept.new = returned[0]?.count ?? 0

  // The rest ends here, and its business rows must say so in the same commit.
  for (;;) {
    const ended = await atomic(async () => {
      const rows = await sequelize.query<Expired & { state: 'dead' | 'uncertain' }>(
        `with expired as (
           select id, lease_token from outbox
           where state = 'work' and lease_until < now() and (attempts >= max_attempts or topic = any ($1::text[]))
           limit $4 for update skip locked)
         update outbox o
         set state = case when topic = any ($1::text[]) then 'uncertain' else 'dead' end, crashes = crashes + 1,
           error_code = $2, last_error = $3, lease_token = null, lease_until = null
         from expired where o.id = expired.id
         returning o.id, o.topic, o.payload, o.attempts, o.max_attempts, o.batch_id, o.office_id, o.state,
           expired.lease_token as token`,
        { type: QueryTypes.SELECT, bind: [uncertain, workerDied.code, workerDied.text, sweepChunk] },
      )
      for (const row of rows) {
        const handler = handlers.find(({ topic }) => topic === row.topic)
        const tell = row.state === 'dead' ? handler?.onDead : handler?.onUncertain
        await tell?.(
          {
            id: row.id,
            topic: row.topic,
            payload: row.payload,
            token: row.token,
            attempts: row.attempts,
            maxAttempts: row.max_attempts,
            batchId: row.batch_id,
            officeId: row.office_id,
          },
          workerDied,
        )
      }
      return rows
    })
    for (const { state } of ended) swept[state] += 1
    if (ended.length < sweepChunk) return swept
  }
}

/** «Повторить»: dead or uncertain messages start anew, their batches open again; the ids that did. */
export const retryMessages = (ids: readonly number[]): Promise<number[]> =>
  atomic(async () => {
    const rows = await sequelize.query<{ id: number }>(
      `with again as (
         update outbox
         set state = 'new', attempts = 0, crashes = 0, next_at = now(), error_code = null, last_error = null
         where id = any ($1::bigint[]) and state in ('dead', 'uncertain') returning id, topic, batch_id),
       reopened as (
         update batches set state = 'open', done_at = null
         where id in (select batch_id from again) and state = 'failed'),
       told as (select pg_notify('outbox', topic) from (select distinct topic from again) as topics)
       select id from again where (select count(*) from told) >= 0`,
      { type: QueryTypes.SELECT, bind: [[...ids]] },
    )
    return rows.map(({ id }) => id)
  })

/** A person knows better: dead or uncertain messages count as done without another try; the ids that did. */
export const dismissMessages = (ids: readonly number[], reason: string): Promise<number[]> =>
  atomic(async () => {
    const rows = await sequelize.query<{ id: number }>(
      `update outbox set state = 'done', done_at = now(), error_code = 'dismissed', last_error = $2
       where id = any ($1::bigint[]) and state in ('dead', 'uncertain') returning id`,
      { type: QueryTypes.SELECT, bind: [[...ids], reason.slice(0, 300)] },
    )
    return rows.map(({ id }) => id)
  })
