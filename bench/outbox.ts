/** Bench: no-op messages drained from the outbox, each claimed, fenced and finished, beside two queues of the field. */
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Logger, run as runGraphile } from 'graphile-worker'
import PgBoss from 'pg-boss'
import { startWorker } from '../jobs/worker.ts'
import { atomic } from '../src/db/atomic.ts'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase, pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { enqueueMany } from '../src/queue/enqueue.ts'
import { defineHandler } from '../src/queue/handlers.ts'

export type DrainResult = { system: string; messages: number; 'enqueued/s': number; 'drained/s': number }

const warmingMessages = 10_000

const reached = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(5)
}

const rate = (count: number, ms: number) => Math.round((count * 1000) / ms)

/** Ours: `count` rows of a real topic, drained by the worker as it runs in production. */
export async function drainOutbox(count: number): Promise<DrainResult> {
  const db = pool()
  await db.query('truncate outbox')
  const enqueuing = performance.now()
  await atomic(() =>
    enqueueMany(
      'document.generate',
      Array.from({ length: count }, (_, at) => ({ key: `bench-${at}`, documentId: at + 1 })),
    ),
  )
  const enqueued = performance.now() - enqueuing
  await db.query('vacuum analyze outbox')
  let called = 0
  const noop = defineHandler('document.generate', {
    concurrency: 10,
    async run() {
      called += 1
    },
  })
  const draining = performance.now()
  const worker = startWorker({
    handlers: [noop],
    jobs: [],
    policies: { 'document.generate': { batchSize: 1000 } },
  })
  await reached(() => called >= count)
  await worker.stop()
  const drained = performance.now() - draining
  const { rows } = await db.query<{ count: number }>(`select count(*) from outbox where state = 'done'`)
  if (called !== count || rows[0]?.count !== count)
    throw new Error(`${called} calls, ${rows[0]?.count} finished of ${count}`)
  return {
    system: 'outbox',
    messages: count,
    'enqueued/s': rate(count, enqueued),
    'drained/s': rate(count, drained),
  }
}

/** graphile-worker with its own bulk insert; `tuned` turns its local queue and batched completion on. */
export async function drainGraphile(count: number, tuned: boolean): Promise<DrainResult> {
  let called = 0
  const runner = async () =>
    runGraphile({
      connectionString: databaseUrl(),
      concurrency: 10,
      noHandleSignals: true,
      // A line for each job would cost it more than the job.
      logger: new Logger(() => () => undefined),
      pollInterval: 500,
      ...(tuned && {
        preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      }),
      taskList: {
        noop: async () => {
          called += 1
        },
      },
    })
  // The first run makes its schema; jobs are added while nothing works on them.
  await (await runner()).stop()
  const enqueuing = performance.now()
  await pool().query(
    `select graphile_worker.add_jobs(array(
       select json_populate_record(null::graphile_worker.job_spec,
         json_build_object('identifier', 'noop', 'payload', json_build_object('id', n)))
       from generate_series(1, $1) as n))`,
    [count],
  )
  const enqueued = performance.now() - enqueuing
  const draining = performance.now()
  const worker = await runner()
  await reached(() => called >= count)
  await worker.stop()
  const drained = performance.now() - draining
  return {
    system: tuned ? 'graphile-worker, local queue 500' : 'graphile-worker, concurrency 10',
    messages: count,
    'enqueued/s': rate(count, enqueued),
    'drained/s': rate(count, drained),
  }
}

/** pg-boss 10 as its documentation tunes it for throughput: 4 workers of 500 at its shortest poll. */
export async function drainPgBoss(count: number): Promise<DrainResult> {
  const boss = new PgBoss({ connectionString: databaseUrl(), max: 6, supervise: false, schedule: false })
  boss.on('error', (error) => {
    throw error
  })
  await boss.start()
  await boss.createQueue('noop')
  const enqueuing = performance.now()
  for (let start = 0; start < count; start += 5000)
    await boss.insert(
      Array.from({ length: Math.min(5000, count - start) }, (_, at) => ({
        name: 'noop',
        data: { id: start + at },
      })),
    )
  const enqueued = performance.now() - enqueuing
  let called = 0
  const draining = performance.now()
  for (let at = 0; at < 4; at += 1)
    await boss.work('noop', { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
      called += jobs.length
    })
  await reached(() => called >= count)
  const drained = performance.now() - draining
  await boss.stop({ graceful: true, wait: true, timeout: 5000 })
  return {
    system: 'pg-boss 10, 4 workers of 500',
    messages: count,
    'enqueued/s': rate(count, enqueued),
    'drained/s': rate(count, drained),
  }
}

type Drain = (count: number) => Promise<DrainResult>

/** All of them, one after another, on the database of DATABASE_URL; ours first and last. */
export async function benchOutbox(count = 60_000): Promise<DrainResult[]> {
  const few = Math.min(count, 20_000)
  const systems: readonly (readonly [Drain, number])[] = [
    [drainOutbox, count],
    [(jobs) => drainGraphile(jobs, false), few],
    [(jobs) => drainGraphile(jobs, true), count],
    [drainPgBoss, few],
    [drainOutbox, count],
  ]
  // Workers are at work for days: none is measured while its code is still being compiled.
  for (const [drain] of systems.slice(0, -1)) await drain(warmingMessages)
  const results: DrainResult[] = []
  for (const [drain, messages] of systems) results.push(await drain(messages))
  return results
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await migrate(databaseUrl())
  console.table(await benchOutbox())
  await closeDatabase()
}
