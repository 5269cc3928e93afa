/** The chain over the audit trail: each seal holds the hash of its event and of the seal before it. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { pool } from '../db/pool.ts'

// Everything a reader sees of an event, in one text that the database always writes the same way.
const content = `jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.actor_kind, e.actor_id,
  e.actor_name, e.operation, e.subject_type, e.subject_id, e.office_id, e.organisation_id, e.changes, e.note)::text`

const eventsAtOnce = 5000
const beginning = Buffer.alloc(32)
// How far behind the newest sealed event an unsealed one is looked for: a transaction that began earlier commits later.
const lookBack = 100_000
// Two sealers would fork the chain.
const lockKey = 7_300_211

const hashOf = (previous: Buffer, text: string): Buffer =>
  createHash('sha256').update(previous).update(text).digest()

/** Seals what is not sealed yet; how many events. Safe to run beside another sealer: one of them waits. */
export async function sealAuditTrail(signal?: AbortSignal): Promise<number> {
  let sealed = 0
  for (;;) {
    signal?.throwIfAborted()
    const count = await inTransaction(sealSome)
    sealed += count
    if (count < eventsAtOnce) return sealed
  }
}

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (fault) {
    await client.query('rollback')
    throw fault
  } finally {
    client.release()
  }
}

async function sealSome(client: pg.PoolClient): Promise<number> {
  await client.query('select pg_advisory_xact_lock($1)', [lockKey])
  const { rows: heads } = await client.query<{ position: number; hash: Buffer }>(
    'select position, hash from audit_seals order by position desc limit 1',
  )
  const { rows: events } = await client.query<{ id: number; content: string }>(
    `select e.id, ${content} as content from audit_events e
     where e.id > coalesce((select max(event_id) from audit_seals), 0) - $1
       and not exists (select from audit_seals s where s.event_id = e.id)
     order by e.id limit $2`,
    [lookBack, eventsAtOnce],
  )
  let previous: Buffer = heads[0]?.hash ?? beginning
  const first = (heads[0]?.position ?? 0) + 1
  const seals = events.map((event, index) => {
    const seal = {
      position: first + index,
      eventId: event.id,
      previous,
      hash: hashOf(previous, event.content),
    }
    previous = seal.hash
    return seal
  })
  await client.query(
    `insert into audit_seals (position, event_id, previous_hash, hash)
     select * from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])`,
    [
      seals.map((seal) => seal.position),
      seals.map((seal) => seal.eventId),
      seals.map((seal) => seal.previous),
      seals.map((seal) => seal.hash),
    ],
  )
  return seals.length
}

/** The first thing wrong with the trail. `eventId` is null when a seal, not an event, is the one that is missing. */
export type BrokenSeal = Readonly<{
  position: number | null
  eventId: number | null
  fault:
    | 'event-changed'
    | 'event-missing'
    | 'event-inserted'
    | 'seal-missing'
    | 'seal-changed'
    | 'event-unsealed'
}>

export type AuditProof = Readonly<{
  /** How many events the chain proves. */
  verified: number
  broken: BrokenSeal | null
  /** Hash of the last seal that holds: kept elsewhere, it proves later that nothing before it was made anew. */
  head: string | null
}>

// Events are sealed in the order of their ids. One of a long transaction comes later than its id says, by as much as
// the transaction lasted; what is older than any transaction was put there by hand.
const longestTransactionMs = 3_600_000

/** Walks the whole chain to its first fault. Nothing is sealed on the way: that would cover what was cut off its end. */
export async function verifyAuditTrail(signal?: AbortSignal): Promise<AuditProof> {
  let previous: Buffer = beginning
  let position = 0
  let newest = { id: 0, at: 0 }
  const proof = (broken: BrokenSeal | null): AuditProof => ({
    verified: position,
    broken,
    head: position === 0 ? null : previous.toString('hex'),
  })
  for (;;) {
    signal?.throwIfAborted()
    const { rows } = await pool().query<{
      position: number
      event_id: number
      previous_hash: Buffer
      hash: Buffer
      at: Date | null
      content: string | null
    }>(
      `select s.position, s.event_id, s.previous_hash, s.hash, e.at, case when e.id is not null then ${content} end as content
       from audit_seals s left join audit_events e on e.id = s.event_id
       where s.position > $1 order by s.position limit $2`,
      [position, eventsAtOnce],
    )
    for (const seal of rows) {
      const place = { position: seal.position, eventId: seal.event_id }
      const broken = (fault: BrokenSeal['fault']) => proof({ ...place, fault })
      if (seal.position !== position + 1)
        return proof({ position: position + 1, eventId: null, fault: 'seal-missing' })
      if (seal.content === null || seal.at === null) return broken('event-missing')
      if (!seal.previous_hash.equals(previous)) return broken('seal-changed')
      if (!seal.hash.equals(hashOf(previous, seal.content))) return broken('event-changed')
      const at = seal.at.getTime()
      if (seal.event_id < newest.id && at < newest.at - longestTransactionMs) return broken('event-inserted')
      newest = { id: Math.max(newest.id, seal.event_id), at: Math.max(newest.at, at) }
      previous = seal.hash
      position = seal.position
    }
    if (rows.length < eventsAtOnce) return proof(await firstUnsealed())
  }
}

// A seal cut off at the end of the chain leaves its event bare. Fresh events are not late yet: the sealer runs each minute.
// Nor is what came while no worker was there to seal it: only what the last run of the sealer has passed by is a fault.
async function firstUnsealed(): Promise<BrokenSeal | null> {
  const { rows } = await pool().query<{ id: number }>(
    `select e.id from audit_events e
     where e.at < coalesce(
         (select max(started_at) from job_runs where job = 'seal-audit-trail' and result = 'ok'), now()
       ) - interval '15 minutes'
       and not exists (select from audit_seals s where s.event_id = e.id)
     order by e.id limit 1`,
  )
  return rows[0] ? { position: null, eventId: rows[0].id, fault: 'event-unsealed' } : null
}
