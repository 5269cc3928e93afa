/** Which run is due, who does it, and what is seen of it afterwards. */
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import { defineJob } from '../../jobs/define-job.ts'
import { pool } from '../../src/db/pool.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { lastFire, nextFire } from '../../src/queue/cron.ts'
import { jobStatuses, lateJobs } from '../../src/queue/heartbeat.ts'
import { type ScheduledJob, createScheduler } from '../../src/queue/schedule.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { until } from '../_support/until.ts'
import { counts } from './_processes.ts'

await isolatedDatabase()

const moscow = (cron: string) => ({ cron, timezone: 'Europe/Moscow' })

const job = (run: ScheduledJob['run'], more: Partial<ScheduledJob> = {}) =>
  defineJob({
    name: 'count',
    description: { ru: 'Счёт', en: 'A count' },
    every: moscow('0 3 * * *'),
    timeoutMs: 5000,
    run,
    ...more,
  })

const schedulerOf = (jobs: ScheduledJob[], worker = 'a') =>
  createScheduler({ jobs, pool: pool(), worker, onError: () => undefined })

test.serial.beforeEach(async () => {
  await sequelize.query('truncate scheduled_jobs, job_runs')
})

test('a schedule is read in its own time zone, and an instant that fires now is the last one', (t) => {
  const at = new Date('2026-11-23T00:00:00Z')
  t.is(lastFire(moscow('0 3 * * *'), at).toISOString(), '2026-11-23T00:00:00.000Z')
  t.is(lastFire(moscow('0 3 * * *'), new Date(at.getTime() - 1)).toISOString(), '2026-11-22T00:00:00.000Z')
  t.is(nextFire(moscow('0 3 * * *'), at).toISOString(), '2026-11-24T00:00:00.000Z')
})

test('a schedule with a typing error stops the process at import', (t) => {
  t.throws(() => job(async () => undefined, { every: moscow('0 25 * * *') }))
  t.throws(() => job(async () => undefined, { every: { cron: '0 3 * * *', timezone: 'Europe/Moskow' } }))
})

test.serial('twenty workers called at once do a period once', async (t) => {
  let runs = 0
  const one = job(async ({ period }) => {
    runs += 1
    await sleep(50)
    return { period }
  })
  const schedulers = Array.from({ length: 20 }, (_, at) => schedulerOf([one], `worker ${at}`))
  await schedulers[0]?.publish()
  const results = await Promise.all(schedulers.map((scheduler) => scheduler.nudge('count')))
  t.is(runs, 1)
  t.deepEqual(results.filter((result) => result === 'ok').length, 1)
  await Promise.all(schedulers.map((scheduler) => scheduler.catchUp()))
  t.is(runs, 1)
})

test.serial('a missed day runs when the worker comes back, and only its own period', async (t) => {
  const periods: unknown[] = []
  const scheduler = schedulerOf([
    job(async ({ period }) => void periods.push(period), { period: (now) => now.toISOString().slice(0, 10) }),
  ])
  await scheduler.publish()
  await scheduler.catchUp()
  await scheduler.catchUp()
  t.is(periods.length, 1)
  // Yesterday's run exists, today's does not.
  await sequelize.query(`update job_runs set period = 'yesterday'`)
  await scheduler.catchUp()
  t.is(periods.length, 2)
})

test.serial('a failure is kept with its reason and tried again later, three times at most', async (t) => {
  let runs = 0
  const scheduler = schedulerOf([
    job(async () => {
      runs += 1
      throw Object.assign(new Error('connect ECONNREFUSED smtp://user:secret@host'), { code: 'ECONNREFUSED' })
    }),
  ])
  await scheduler.publish()
  t.is(await scheduler.nudge('count'), 'failed')
  t.is(await scheduler.nudge('count'), 'not-due')
  const [status] = await jobStatuses()
  t.like(status, {
    lastResult: 'failed',
    errorCode: 'connection-refused',
    lastError: 'connect ECONNREFUSED smtp://***@host',
    running: false,
  })
  for (let again = 0; again < 5; again += 1) {
    await sequelize.query(`update job_runs set finished_at = now() - interval '1 hour'`)
    await scheduler.nudge('count')
  }
  t.is(runs, 3)
})

test.serial('a job that takes too long is aborted and counts as failed', async (t) => {
  let aborted = false
  const scheduler = schedulerOf([
    job(
      async ({ signal }) => {
        signal.addEventListener('abort', () => (aborted = true))
        await sleep(5000, undefined, { ref: false })
      },
      { timeoutMs: 100 },
    ),
  ])
  await scheduler.publish()
  t.is(await scheduler.nudge('count'), 'failed')
  t.true(aborted)
  t.like((await jobStatuses())[0], { errorCode: 'timed-out' })
})

test.serial('a run by hand works while the job is paused, and never beside another run', async (t) => {
  let release: (() => void) | undefined
  const scheduler = schedulerOf([job(() => new Promise<void>((resolve) => (release = resolve)))])
  await scheduler.publish()
  await sequelize.query('update scheduled_jobs set paused = true')
  t.is(await scheduler.nudge('count'), 'not-due')
  const byHand = scheduler.runNow('count')
  await until(async () => release !== undefined, 'the run to begin')
  t.is(await scheduler.runNow('count'), 'busy')
  release?.()
  t.is(await byHand, 'ok')
})

test.serial('a late job is named; a paused, running or punctual one is not', async (t) => {
  const scheduler = schedulerOf([job(async () => undefined)])
  await scheduler.publish()
  t.deepEqual(await lateJobs(), [])
  await sequelize.query(`update scheduled_jobs set next_run_at = now() - interval '10 minutes'`)
  t.deepEqual(
    (await lateJobs()).map(({ name, lateSeconds }) => [name, lateSeconds]),
    [['count', 600]],
  )
  await sequelize.query('update scheduled_jobs set paused = true')
  t.deepEqual(await lateJobs(), [])
  await sequelize.query('update scheduled_jobs set paused = false')
  await scheduler.nudge('count')
  t.deepEqual(await lateJobs(), [])
})

test.serial('a job that left the catalogue leaves the table too', async (t) => {
  await schedulerOf([job(async () => undefined), job(async () => undefined, { name: 'old' })]).publish()
  await schedulerOf([job(async () => undefined)]).publish()
  t.deepEqual(await counts('select count(*)::integer as n from scheduled_jobs'), { n: 1 })
})
