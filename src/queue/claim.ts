/** The SQL of the outbox: who holds a message, until when, and how it ends. Time is always the database's. */
import { randomUUID } from 'node:crypto'
import type { Failure } from './failure.ts'
import type { Payload, Topic } from './messages.ts'

/** A pool or a client of `pg`, or the ambient transaction; bigints arrive as numbers. */
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
  id: number
  priority: number
  payload: unknown
  attempts: number
  max_attempts: number
  batch_id: number | null
  office_id: number | null
}

// The ids arrive as an array made by a subquery: a join would let the planner read the whole table instead.
const claimSql = (crashed: boolean) => `
  update outbox
  set state = 'work', attempts = attempts + 1, lease_token = $3, lease_until = now() + make_interval(secs => $4)
  where id = any (array(
    select id from outbox
    where topic = $1 and state = 'new' and next_at <= now() and ${crashed ? 'crashes > 0' : 'crashes = 0'}
    order by ${crashed ? 'next_at, id' : 'priority desc, next_at, id'}
    limit $2 for update skip locked))
  returning id, payload, attempts, max_attempts, batch_id, office_id, priority`

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
  const rows = (result.rows as Row[]).sort((a, b) => b.priority - a.priority || a.id - b.id)
  return rows.map((row) => ({
    id: row.id,
    topic,
    payload: row.payload as Payload<T>,
    token,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    batchId: row.batch_id,
    officeId: row.office_id,
  }))
}

const heldSql = (set: string) => `
  update outbox set ${set}
  where id = any (array(select unnest($1::bigint[]))) and lease_token = $2 and state = 'work'
  returning id`

const finishSql = heldSql(
  `state = 'done', done_at = now(), error_code = null, last_error = null, lease_token = null, lease_until = null`,
)
const releaseSql = heldSql(
  `state = 'new', attempts = attempts - 1, next_at = now(), lease_token = null, lease_until = null`,
)
const renewSql = heldSql(`lease_until = now() + make_interval(secs => $3)`)

/** Marks messages done; the ids that were still ours are returned. */
export const finish = (db: Executor, held: readonly Held[]): Promise<Set<number>> =>
  writeHeld(db, finishSql, held)

/** Gives back messages nobody began to work on; the attempt is not counted. */
export const release = (db: Executor, held: readonly Held[]): Promise<Set<number>> =>
  writeHeld(db, releaseSql, held)

/** Prolongs a lease from now on; the ids that were still ours are returned. */
export const renew = (db: Executor, held: readonly Held[], leaseSeconds: number): Promise<Set<number>> =>
  writeHeld(db, renewSql, held, leaseSeconds)

/** One statement for each claim among the messages: the token of a claim fences exactly its own rows. */
async function writeHeld(
  db: Executor,
  sql: string,
  held: readonly Held[],
  ...more: unknown[]
): Promise<Set<number>> {
  const claims = new Map<string, number[]>()
  for (const { id, token } of held) {
    const ids = claims.get(token)
    if (ids) ids.push(id)
    else claims.set(token, [id])
  }
  const written = new Set<number>()
  for (const [token, ids] of claims) {
    const result = await db.query(sql, [ids, token, ...more])
    for (const row of result.rows as { id: number }[]) written.add(row.id)
  }
  return written
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
