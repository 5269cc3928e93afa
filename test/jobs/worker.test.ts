/** The worker in this process: what a handler may do with the work in its hands. */
import { setTimeout as sleep } from 'node:timers/promises'
import test, { registerCompletionHandler } from 'ava'
import { defineJob } from '../../jobs/define-job.ts'
import { deleteOld } from '../../jobs/retention.ts'
import { startWorker } from '../../jobs/worker.ts'
import { atomic } from '../../src/db/atomic.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { enqueue, enqueueMany } from '../../src/queue/enqueue.ts'
import { LeaseLost, PermanentFailure } from '../../src/queue/failure.ts'
import { type Handler, defineHandler } from '../../src/queue/handlers.ts'
import type { Policy } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { until } from '../_support/until.ts'
import { counts, createEffectTables } from '../queue/_processes.ts'

await isolatedDatabase()
// Agenda leaves the timer of its last tick behind.
registerCompletionHandler(() => process.exit())

test.before(() => createEffectTables())

test.serial.beforeEach(async () => {
  await sequelize.query('truncate outbox, batches, effects')
})

const settled = () =>
  until(
    async () =>
      (await counts(`select count(*)::integer as n from outbox where state in ('new', 'work')`))['n'] === 0,
    'all messages',
  )

const withWorker = async (
  handler: Handler,
  policy: Partial<Policy>,
  work: () => Promise<unknown>,
): Promise<void> => {
  const worker = startWorker({
    handlers: [handler],
    jobs: [],
    policies: { 'document.generate': policy },
    sweepEveryMs: 200,
  })
  try {
    await work()
  } finally {
    await worker.stop()
  }
}

test.serial('a batch handler gets a claim at once and ends it with its effects in one commit', async (t) => {
  await enqueueMany(
    'document.generate',
    Array.from({ length: 250 }, (_, at) => ({ documentId: at + 1 })),
  )
  const sizes: number[] = []
  const handler = defineHandler('document.generate', {
    concurrency: 1,
    async runBatch(messages, { finish }) {
      sizes.push(messages.length)
      await atomic(async () => {
        for (const { payload } of messages)
          await sequelize.query('insert into effects (document_id) values ($1)', {
            bind: [payload.documentId],
          })
        await finish()
      })
    },
  })
  await withWorker(handler, { batchSize: 100 }, settled)
  t.deepEqual(sizes, [100, 100, 50])
  t.like(await counts('select count(*)::integer as n from effects'), { n: 250 })
})

test.serial(
  'long work keeps its lease by renewing it; without that it is aborted and taken away',
  async (t) => {
    await enqueue('document.generate', { documentId: 1 }, { maxAttempts: 1 })
    let calls = 0
    const patient = defineHandler('document.generate', {
      concurrency: 1,
      async run(_message, { renew, signal }) {
        calls += 1
        for (let step = 0; step < 10; step += 1) {
          await sleep(200, undefined, { signal })
          await renew()
        }
      },
    })
    await withWorker(patient, { leaseSeconds: 1 }, settled)
    t.is(calls, 1)
    t.like(await counts('select state from outbox'), { state: 'done' as never })

    await sequelize.query('truncate outbox')
    await enqueue('document.generate', { documentId: 2 }, { maxAttempts: 1 })
    let reason: unknown
    const careless = defineHandler('document.generate', {
      concurrency: 1,
      run: (_message, { signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            reason = signal.reason
            reject(signal.reason as Error)
          }),
        ),
    })
    await withWorker(careless, { leaseSeconds: 1 }, settled)
    t.true(reason instanceof LeaseLost)
    t.like(await counts('select state from outbox'), { state: 'dead' as never })
  },
)

test.serial('a permanent failure and a payload of a forgotten shape die at the first try', async (t) => {
  await enqueue('document.generate', { documentId: 1 })
  await sequelize.query(`insert into outbox (topic, payload) values ('document.generate', '{"wrong": 1}')`)
  const handler = defineHandler('document.generate', {
    concurrency: 1,
    run: async () => {
      throw new PermanentFailure('no-address')
    },
  })
  await withWorker(handler, {}, settled)
  const [rows] = await sequelize.query('select state, attempts, error_code from outbox order by id')
  t.deepEqual(rows, [
    { state: 'dead', attempts: 1, error_code: 'no-address' },
    { state: 'dead', attempts: 1, error_code: 'bad-payload' },
  ])
})

test.serial('a failed message waits and succeeds the next time', async (t) => {
  await enqueue('document.generate', { documentId: 1 })
  let calls = 0
  const handler = defineHandler('document.generate', {
    concurrency: 1,
    run: async () => {
      calls += 1
      if (calls < 3) throw new Error('not yet')
    },
  })
  await withWorker(handler, { backOff: { attempts: 5, delays: [0.1] } }, settled)
  t.is(calls, 3)
})

test.serial('a person in any process asks for a run and a worker does it', async (t) => {
  let runs = 0
  const job = defineJob({
    name: 'by-hand',
    description: { ru: 'По требованию', en: 'On demand' },
    every: { cron: '0 0 1 1 *', timezone: 'UTC' },
    timeoutMs: 5000,
    run: async () => void (runs += 1),
  })
  const worker = startWorker({ handlers: [], jobs: [job] })
  await until(async () => runs === 1, 'the period of this year')
  await enqueue('job.run', { job: 'by-hand' })
  await settled()
  await worker.stop()
  t.is(runs, 2)
})

test.serial('retention deletes old finished rows only', async (t) => {
  await sequelize.query(`
    insert into outbox (topic, payload, state, done_at)
    select 'mail.send', '{}', 'done', now() - n * interval '1 day' from generate_series(1, 60) as n;
    insert into outbox (topic, payload, state, created_at) values ('mail.send', '{}', 'dead', now() - interval '1 year')`)
  const old = [{ table: 'outbox', old: `state = 'done' and done_at < now() - interval '30 days'` }]
  t.deepEqual(await deleteOld(old, new AbortController().signal), { outbox: 31 })
  t.deepEqual(await counts('select count(*)::integer as n from outbox'), { n: 30 })
})
