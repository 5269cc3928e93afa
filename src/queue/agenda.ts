/** Agenda and its two job stores, used as a clock that calls and nothing else: it holds no work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoBackend } from '@agendajs/mongo-backend'
import { PostgresBackend } from '@agendajs/postgres-backend'
import { Agenda, type AgendaBackend, type JobParameters } from 'agenda'
import { MongoClient } from 'mongodb'
import type { Pool } from 'pg'
import type { Schedule } from './schedule.ts'

/** Where the clock keeps its entries. The pool and the client stay open after the stop: their owner ends them. */
export type JobStore =
  | { kind: 'postgres'; pool: Pool }
  | { kind: 'mongo'; url: string }
  | { kind: 'mongo'; client: MongoClient }

export type ClockOptions = {
  store: JobStore
  schedules: readonly Schedule[]
  /** Called at each tick; its work goes on after the tick is over. */
  onTick: (name: string) => void
  onError: (error: Error) => void
  name: string
}

export type Clock = {
  /** Writes missing or changed entries; the rest, with its pauses and overdue ticks, stays as it is. */
  ensure: () => Promise<void>
  stop: () => Promise<void>
}

const collection = 'agenda_jobs'
// A tick lasts milliseconds, so a short lock needs no heartbeat and a killed worker blocks a name only briefly.
const lockLifetimeMs = 20_000
const retryMs = 2000

/**
 * Starts the clock without waiting for its store: while the store is away the worker goes on, and its own check
 * each minute does what is due.
 */
export function startClock(options: ClockOptions): Clock {
  const { schedules, onError } = options
  const opened = openStore(options.store, onError)
  const stopped = new AbortController()

  const backend = opened.backend
  // Agenda neither repeats nor catches a failed connect: unhandled, it would end the process.
  const connect = backend.connect.bind(backend)
  backend.connect = async () => {
    while (!stopped.signal.aborted) {
      try {
        await opened.prepare()
        return await connect()
      } catch (error) {
        onError(error as Error)
        // An aborted sleep is how the stop arrives here.
        await sleep(retryMs, undefined, { signal: stopped.signal }).catch(() => undefined)
      }
    }
  }
  // Agenda calls this one without waiting for it, so nobody else could catch its failure.
  const unlockJob = backend.repository.unlockJob.bind(backend.repository)
  backend.repository.unlockJob = (job: JobParameters) => unlockJob(job).catch(onError)

  const agenda = new Agenda({
    backend,
    name: options.name,
    processEvery: 2000,
    defaultConcurrency: 1,
    defaultLockLimit: 1,
    defaultLockLifetime: lockLifetimeMs,
    removeOnComplete: true,
  })
  agenda.on('error', onError)
  for (const { name } of schedules)
    agenda.define(name, async () => options.onTick(name), { concurrency: 1, lockLimit: 1 })

  const ensureOne = async (schedule: Schedule): Promise<void> => {
    const { jobs } = await agenda.queryJobs({ name: schedule.name })
    const [entry, ...doubles] = jobs
    if (doubles.length > 0) await agenda.cancel({ ids: doubles.map(({ _id }) => String(_id)) })
    const same = entry?.repeatInterval === schedule.cron && entry.repeatTimezone === schedule.timezone
    // An entry without a next tick and without a lock was orphaned between the two writes of a dead worker.
    const orphaned = entry && !entry.nextRunAt && !entry.lockedAt
    if (same && !orphaned) return
    await agenda.every(schedule.cron, schedule.name, {}, { timezone: schedule.timezone })
  }

  let started = false
  const ensure = async () => {
    if (!started || stopped.signal.aborted) return
    await opened.prepare()
    for (const schedule of schedules) await ensureOne(schedule)
  }

  const starting = (async () => {
    await agenda.ready
    if (stopped.signal.aborted) return
    started = true
    await agenda.cancel({ notNames: schedules.map(({ name }) => name) }).catch(onError)
    await ensure().catch(onError)
    await agenda.start()
  })().catch(onError)

  return {
    ensure,
    async stop() {
      stopped.abort()
      await starting
      // Not drain(): it may hang for ever, and a tick is over before one would notice.
      await agenda.stop(false).catch(onError)
      await opened.close()
    },
  }
}

type OpenStore = { backend: AgendaBackend; prepare: () => Promise<void>; close: () => Promise<void> }

function openStore(store: JobStore, onError: (error: Error) => void): OpenStore {
  if (store.kind === 'postgres')
    return {
      // The clock needs no notifications, and their channel would end the process with the database.
      backend: new PostgresBackend({ pool: store.pool, ensureSchema: false, disableNotifications: true }),
      prepare: async () => undefined,
      close: async () => undefined,
    }
  const own = 'url' in store
  const client = own ? new MongoClient(store.url, { serverSelectionTimeoutMS: 5000 }) : store.client
  const entries = () => client.db().collection(collection)
  return {
    backend: new MongoBackend({ mongo: client.db(), collection, ensureIndex: true }),
    // Its backend makes no unique index, so two first starts would leave two entries of one name. Nothing but
    // entries of the clock lives here, so the name alone is unique (not every server knows partial indexes). It is
    // made again at each check: a dropped collection takes its indexes along.
    async prepare() {
      try {
        await entries().createIndex({ name: 1 }, { name: 'one_entry_by_name', unique: true })
      } catch (error) {
        if ((error as { code?: number }).code !== 11000) throw error
        await removeDoubles(client)
      }
    },
    close: async () => {
      if (own) await client.close().catch(onError)
    },
  }
}

/** Entries can be made anew at any time, so of several with one name none is worth keeping. */
async function removeDoubles(client: MongoClient): Promise<void> {
  const entries = client.db().collection<{ name: string }>(collection)
  const all = await entries.find().project<{ name: string }>({ name: 1 }).toArray()
  const names = all.map(({ name }) => name)
  const doubled = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
  await entries.deleteMany({ name: { $in: doubled } })
}
