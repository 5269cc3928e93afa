/** Composition root of the worker: pumps, clock, scheduler and sweeping started together and stopped in order. */
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '../src/db/pool.ts'
import { outsideTransaction } from '../src/db/sequelize.ts'
import { env } from '../src/env.ts'
import { log } from '../src/log.ts'
import { type JobStore, startClock } from '../src/queue/agenda.ts'
import { closeBatches } from '../src/queue/batch.ts'
import { PermanentFailure } from '../src/queue/failure.ts'
import { type Handler, defineHandler } from '../src/queue/handlers.ts'
import { startListener } from '../src/queue/listener.ts'
import { type Policy, type Topic, messages } from '../src/queue/messages.ts'
import { type CrashLane, startPump } from '../src/queue/pump.ts'
import { type ScheduledJob, createScheduler } from '../src/queue/schedule.ts'
import { sweepExpired } from '../src/queue/settle.ts'

export type WorkerOptions = {
  handlers: readonly Handler[]
  jobs: readonly ScheduledJob[]
  /** By default JOBS_URL decides: MongoDB when it is set, this process's PostgreSQL otherwise. */
  store?: JobStore
  /** Overrides of the policies of messages.ts, for tests and benches. */
  policies?: Partial<Record<Topic, Partial<Policy>>>
  sweepEveryMs?: number
  checkEveryMs?: number
}

export type Worker = {
  /** Resolves when commits wake the pumps. */
  ready: Promise<void>
  /**
   * Takes no new work, lets the present work end for `drainMs` (20 s by default), gives back the rest. Does not
   * close the database.
   */
  stop: (drainMs?: number) => Promise<void>
}

/** Starts all background work of this process; it lives through any absence of PostgreSQL or of the job store. */
export const startWorker = (options: WorkerOptions): Worker =>
  // A worker begun inside a transaction would drag it into everything it ever does.
  outsideTransaction(() => start(options))

const onError = (error: Error, about: object = {}) =>
  log.error({ err: error, ...about }, 'background work failed')

const onStoreError = (error: Error) => log.warn({ err: error }, 'the job store failed')

function start(options: WorkerOptions): Worker {
  const name = `${hostname()}:${process.pid}`
  const policyOf = (topic: Topic): Policy => ({ ...messages[topic], ...options.policies?.[topic] })
  const scheduler = createScheduler({ jobs: options.jobs, pool: pool(), worker: name, onError })
  const handlers = [...options.handlers, runJobHandler(scheduler.runNow)]
  const listener = startListener((error) => log.warn({ err: error }, 'not listening for new messages'))
  const lane: CrashLane = { busy: false }
  const pumps = handlers.map((handler) =>
    startPump({ handler, policy: policyOf(handler.topic), pool: pool(), listener, lane, onError }),
  )

  const clock = startClock({
    name,
    store: options.store ?? defaultStore(),
    schedules: options.jobs.map((job) => ({ name: job.name, ...job.every })),
    onTick: (job) => void scheduler.nudge(job).catch((error: Error) => onError(error, { job })),
    onError: onStoreError,
  })

  const stopped = new AbortController()
  const repeat = async (ms: number, work: () => Promise<unknown>) => {
    while (!stopped.signal.aborted) {
      const failed = await work().then(
        () => false,
        (error: Error) => {
          onError(error)
          return true
        },
      )
      // An aborted sleep is how the stop arrives here.
      await sleep(failed ? Math.min(ms, 2000) : ms, undefined, { signal: stopped.signal }).catch(
        () => undefined,
      )
    }
  }
  let published = false
  const loops = [
    repeat(options.sweepEveryMs ?? 15_000, async () => {
      const swept = await sweepExpired(handlers, policyOf)
      if (swept.dead + swept.uncertain > 0) await closeBatches(pool())
    }),
    // The clock may lose its store or its memory: once a minute the database alone says what is due.
    repeat(options.checkEveryMs ?? 60_000, async () => {
      if (!published) await scheduler.publish()
      published = true
      // Not awaited: an hour of work must not stop the next look.
      void scheduler.catchUp()
      await clock.ensure().catch(onStoreError)
    }),
  ]
  log.info({ topics: handlers.map(({ topic }) => topic), jobs: options.jobs.length }, 'the worker is started')

  return {
    ready: listener.ready,
    async stop(drainMs = 20_000) {
      stopped.abort()
      await Promise.all([
        clock.stop(),
        scheduler.stop(drainMs),
        ...pumps.map((pump) => pump.stop(drainMs)),
        ...loops,
      ])
      await listener.stop()
      log.info('the worker is stopped')
    },
  }
}

const defaultStore = (): JobStore => {
  const url = env().JOBS_URL
  return url === undefined ? { kind: 'postgres', pool: pool() } : { kind: 'mongo', url }
}

/** «Запустить сейчас» of the console: a message, so that any web process can ask and any worker can do it. */
const runJobHandler = (runNow: (name: string) => Promise<'ok' | 'failed' | 'busy'>): Handler =>
  defineHandler('job.run', {
    concurrency: 2,
    async run({ payload }, { renew }) {
      // A lost lease ends the renewing only: the run has a lease of its own in job_runs.
      const renewing = setInterval(() => void renew().catch(() => clearInterval(renewing)), 15_000)
      const result = await runNow(payload.job).finally(() => clearInterval(renewing))
      if (result !== 'ok') throw new PermanentFailure(result === 'busy' ? 'job-busy' : 'job-failed')
    },
  })
