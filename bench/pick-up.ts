/** Bench: from the commit that enqueues to the first line of the handler, beside two queues of the field. */
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Logger, run as runGraphile } from 'graphile-worker'
import PgBoss from 'pg-boss'
import { startWorker } from '../jobs/worker.ts'
import { atomic } from '../src/db/atomic.ts'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase, pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { enqueue } from '../src/queue/enqueue.ts'
import { defineHandler } from '../src/queue/handlers.ts'

export type PickUpResult = {
  system: string
  messages: number
  'p50 ms': number
  'p99 ms': number
  'max ms': number
}

/** Adds one message at a time, some milliseconds apart, and measures from its commit. */
async function measure(
  system: string,
  count: number,
  add: (id: number) => Promise<unknown>,
  started: ReadonlyMap<number, number>,
): Promise<PickUpResult> {
  const committed: number[] = []
  for (let id = 1; id <= count; id += 1) {
    await add(id)
    committed.push(performance.now())
    await sleep(5 + Math.random() * 20)
  }
  while (started.size < count) await sleep(5)
  // A handler may well begin before the caller hears of its own commit: that counts as zero.
  const delays = committed.map((at, index) => Math.max(0, (started.get(index + 1) ?? 0) - at))
  delays.sort((a, b) => a - b)
  const quantile = (part: number) => Number((delays[Math.ceil(count * part) - 1] ?? 0).toFixed(1))
  return {
    system,
    messages: count,
    'p50 ms': quantile(0.5),
    'p99 ms': quantile(0.99),
    'max ms': quantile(1),
  }
}

/** Ours, through `atomic` and the LISTEN connection of a worker. */
export async function pickUpOutbox(count: number): Promise<PickUpResult> {
  await pool().query('truncate outbox')
  const started = new Map<number, number>()
  const worker = startWorker({
    jobs: [],
    handlers: [
      defineHandler('export.run', {
        concurrency: 4,
        async run({ payload }) {
          started.set(payload.exportId, performance.now())
        },
      }),
    ],
  })
  await worker.ready
  const result = await measure(
    'outbox',
    count,
    (exportId) => atomic(() => enqueue('export.run', { exportId })),
    started,
  )
  await worker.stop()
  return result
}

export async function pickUpGraphile(count: number): Promise<PickUpResult> {
  const started = new Map<number, number>()
  const runner = await runGraphile({
    connectionString: databaseUrl(),
    concurrency: 4,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: {
      'pick-up': async (payload) => {
        started.set((payload as { id: number }).id, performance.now())
      },
    },
  })
  await sleep(500)
  const result = await measure(
    'graphile-worker',
    count,
    (id) =>
      pool().query(`select graphile_worker.add_job('pick-up', json_build_object('id', $1::integer))`, [id]),
    started,
  )
  await runner.stop()
  return result
}

export async function pickUpPgBoss(count: number): Promise<PickUpResult> {
  const started = new Map<number, number>()
  const boss = new PgBoss({ connectionString: databaseUrl(), max: 4, supervise: false, schedule: false })
  boss.on('error', (error) => {
    throw error
  })
  await boss.start()
  await boss.createQueue('pick-up')
  await boss.work<{ id: number }>(
    'pick-up',
    { batchSize: 100, pollingIntervalSeconds: 0.5 },
    async (jobs) => {
      for (const { data } of jobs) started.set(data.id, performance.now())
    },
  )
  const result = await measure('pg-boss 10', count, (id) => boss.send('pick-up', { id }), started)
  await boss.stop({ graceful: true, wait: true, timeout: 5000 })
  return result
}

/** All of them, one after another, on the database of DATABASE_URL. */
export async function benchPickUp(count = 500): Promise<PickUpResult[]> {
  return [await pickUpOutbox(count), await pickUpGraphile(count), await pickUpPgBoss(count)]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await migrate(databaseUrl())
  console.table(await benchPickUp())
  await closeDatabase()
}
