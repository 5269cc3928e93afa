/** Two worker processes on one clock, kept in PostgreSQL and in MongoDB: each period once, whatever the store does. */
import test, { type ExecutionContext } from 'ava'
import { sequelize } from '../../src/db/sequelize.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { inMongo, inPostgres, type TestStore } from '../_support/job-stores.ts'
import { startMongo } from '../_support/mongod.ts'
import { until } from '../_support/until.ts'
import { counts, createEffectTables, startProcess } from '../queue/_processes.ts'

// First: hooks may only be declared in the turn of isolatedDatabase.
const mongo = await startMongo()
await isolatedDatabase()

test.after.always('the job store goes', async () => {
  if (typeof mongo !== 'string') await mongo.stop()
})

test.before(() => createEffectTables())

test.serial.beforeEach(async () => {
  await sequelize.query('truncate ticks, job_runs, scheduled_jobs, agenda_jobs')
})

const ticked = async () => (await counts('select count(*)::integer as n from ticks'))['n'] ?? 0

/** Every second's period from the first to the last was done, and done once. */
const eachOnce = async (t: ExecutionContext) =>
  t.deepEqual(
    await counts(`
      select count(*)::integer - count(distinct period)::integer as doubled,
        (extract(epoch from max(period::timestamptz) - min(period::timestamptz)) / 2 + 1)::integer
          - count(distinct period)::integer as missed
      from ticks`),
    { doubled: 0, missed: 0 },
  )

const twoWorkers = async (t: ExecutionContext, store: TestStore) => {
  const plan = { tick: '*/2 * * * * *', checkEveryMs: 1000 }
  const workers = [1, 2].map(() => startProcess(t, plan, store.environment))
  await Promise.all(workers.map(({ said }) => said('ready')))
  await until(async () => (await ticked()) >= 4, 'four ticks')
  t.is(await store.entries(), 1, 'one entry of the clock for two workers')

  await store.wipe()
  await until(async () => (await store.entries()) === 1, 'the entry to be made again')
  const before = await ticked()
  await until(async () => (await ticked()) >= before + 3, 'ticks after the store was lost')

  for (const { child, exited } of workers) {
    child.kill('SIGTERM')
    t.is(await exited, 0)
  }
  await eachOnce(t)
  t.is((await counts('select count(*)::integer as n from job_runs where finished_at is null'))['n'], 0)
}

test.serial('PostgreSQL: two workers, each period once, also when the job store is wiped', (t) =>
  twoWorkers(t, inPostgres),
)

const onMongo = typeof mongo === 'string' ? test.serial.skip : test.serial
if (typeof mongo === 'string') console.error(`MongoDB job store: ${mongo}`)

onMongo('MongoDB: two workers, each period once, also when the job store is wiped', async (t) => {
  if (typeof mongo !== 'string') await twoWorkers(t, inMongo(t, mongo.url))
})

test.serial('a worker lives without its job store and still does every period', async (t) => {
  const nowhere = { JOBS_URL: 'mongodb://127.0.0.1:9/nothing?serverSelectionTimeoutMS=300' }
  const worker = startProcess(t, { tick: '*/2 * * * * *', checkEveryMs: 500 }, nowhere)
  await worker.said('ready')
  await until(async () => (await ticked()) >= 3, 'three ticks without a clock')
  worker.child.kill('SIGTERM')
  t.is(await worker.exited, 0)
  await eachOnce(t)
})

test.serial('a pause survives the restart of the worker', async (t) => {
  const plan = { tick: '*/2 * * * * *', checkEveryMs: 500 }
  const first = startProcess(t, plan)
  await until(async () => (await ticked()) >= 1, 'the first tick')
  await sequelize.query('update scheduled_jobs set paused = true')
  first.child.kill('SIGTERM')
  await first.exited
  const before = await ticked()
  const second = startProcess(t, plan)
  await second.said('ready')
  await until(
    async () =>
      (
        await counts(
          `select count(*)::integer as n from agenda_jobs where last_run_at > now() - interval '2 seconds'`,
        )
      )['n'] === 1,
    'the clock to strike',
  )
  second.child.kill('SIGTERM')
  await second.exited
  t.is(await ticked(), before)
})

test.serial('a run cut off by kill -9 is done again by the next worker', async (t) => {
  // Once a year: neither worker meets the tick itself, the missing period alone calls for it.
  const plan = { tick: '0 0 0 1 1 *', checkEveryMs: 500 }
  const first = startProcess(t, { ...plan, tickTakesMs: 60_000 })
  await until(async () => (await ticked()) === 1, 'the run to begin')
  first.child.kill('SIGKILL')
  await first.exited
  await sequelize.query(`update job_runs set lease_until = now() - interval '1 second'`)
  const second = startProcess(t, plan)
  await until(
    async () => (await counts(`select count(*)::integer as n from job_runs where result = 'ok'`))['n'] === 1,
    'the run to be finished by the other worker',
  )
  second.child.kill('SIGTERM')
  await second.exited
  t.is(await ticked(), 2)
  t.deepEqual(
    await counts('select attempts, (select count(*)::integer from job_runs) as runs from job_runs'),
    {
      attempts: 2,
      runs: 1,
    },
  )
})
