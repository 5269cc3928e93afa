/** The SQL of the outbox: who holds a message, until when, and how it ends. Time is always the database's. */
import { randomUUID } from 'node:crypto'
import type { Failure } from './failure.ts'
import type { Payload, Topic } from './messages.ts'

/** A pool or a client of `pg`. */
export type Executor = {
  query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[]; rowCount: number | null }>
}

/** One claimed row. `token` is the fence: every later write must carry it. `attempts` counts this one too. */
export type Message<T extends Topic = Topic> = Readonly<{
  id: number
  topic: T
  payload: Payload<T>
  token: string
  attempts: number
  maxAttempts: number
  batchId: number | null
  officeId: number | null
}>

/** Identity of a claimed row: enough to end it. */
export type Held = Pick<Message, 'id' | 'token'>

type Row = {
  id: string
  payload: unknown
  attempts: number
  max_attempts: number
  batch_id: string | null
  office_id: string | null
}

const claimSql = (crashed: boolean) => `
  with due as (
    select id from outbox
    where topic = $1 and state = 'new' and next_at <= now() and ${crashed ? 'crashes > 0' : 'crashes = 0'}
    order by ${crashed ? 'next_at, id' : 'priority desc, next_at, id'}
    limit $2 for update skip locked)
  update outbox o
  set state = 'work', attempts = attempts + 1, lease_token = $3, lease_until = now() + make_interval(secs => $4)
  from due where o.id = due.id
  returning o.id, o.payload, o.attempts, o.max_attempts, o.batch_id, o.office_id`

const claimFresh = claimSql(false)
const claimCrashed = claimSql(true)

/**
 * Takes up to `limit` due messages of a topic under one lease. The attempt is counted before the work, so a
 * message that kills its worker cannot do it for ever. With `crashed` the one message is taken that a dead
 * worker held: it is tried alone and cannot burn its neighbours' attempts.
 */
export async function claim<T extends Topic>(
  db: Executor,
  topic: T,
  options: { limit: number; leaseSeconds: number; crashed?: boolean },
): Promise<Message<T>[]> {
  const token = randomUUID()
  const crashed = options.crashed ?? false
  const result = await db.query(crashed ? claimCrashed : claimFresh, [
    topic,
    crashed ? 1 : options.limit,
    token,
    options.leaseSeconds,
  ])
  return (result.rows as Row[]).map((row) => ({
    id: Number(row.id),
    topic,
    payload: row.payload as Payload<T>,
    token,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    batchId: row.batch_id === null ? null : Number(row.batch_id),
    officeId: row.office_id === null ? null : Number(row.office_id),
  }))
}

const endedSql = (set: string) => `
  update outbox o set ${set}, lease_token = null, lease_until = null
  from unnest($1::bigint[], $2::uuid[]) as held (id, token)
  where o.id = held.id and o.lease_token = held.token and o.state = 'work'
  returning o.id`

/** Marks messages done; the ids that were still ours are returned. */
export const finish = (db: Executor, held: readonly Held[]): Promise<Set<number>> =>
  endHeld(db, endedSql(`state = 'done', done_at = now(), error_code = null, last_error = null`), held)

/** Gives back messages nobody began to work on; the attempt is not counted. */
export const release = (db: Executor, held: readonly Held[]): Promise<Set<number>> =>
  endHeld(db, endedSql(`state = 'new', attempts = attempts - 1, next_at = now()`), held)

async function endHeld(db: Executor, sql: string, held: readonly Held[]): Promise<Set<number>> {
  const result = await db.query(sql, [held.map(({ id }) => id), held.map(({ token }) => token)])
  return new Set((result.rows as { id: string }[]).map(({ id }) => Number(id)))
}

/** Prolongs a lease from now on; the ids that were still ours are returned. */
export async function renew(db: Executor, held: readonly Held[], leaseSeconds: number): Promise<Set<number>> {
  const result = await db.query(
    `update outbox o set lease_until = now() + make_interval(secs => $3)
     from unnest($1::bigint[], $2::uuid[]) as held (id, token)
     where o.id = held.id and o.lease_token = held.token and o.state = 'work'
     returning o.id`,
    [held.map(({ id }) => id), held.map(({ token }) => token), leaseSeconds],
  )
  return new Set((result.rows as { id: string }[]).map(({ id }) => Number(id)))
}

/** How a failed message goes on; null when it was no longer ours. */
export type Failed = 'new' | 'dead' | null

/** Ends an attempt with its reason: back to the queue after `delaySeconds`, or dead when nothing is left to try. */
export async function fail(
  db: Executor,
  held: Held,
  failure: Failure,
  options: { delaySeconds: number; permanent: boolean },
): Promise<Failed> {
  const result = await db.query(
    `update outbox
     set state = case when $5 or attempts >= max_attempts then 'dead' else 'new' end,
       next_at = now() + make_interval(secs => $6), error_code = $3, last_error = $4,
       lease_token = null, lease_until = null
     where id = $1 and lease_token = $2 and state = 'work'
     returning state`,
    [held.id, held.token, failure.code, failure.text, options.permanent, options.delaySeconds],
  )
  return (result.rows[0] as { state: 'new' | 'dead' } | undefined)?.state ?? null
}
