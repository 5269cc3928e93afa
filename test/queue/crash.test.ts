/** Real worker processes that are killed in the middle, stopped politely, and restarted. */
import test from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { enqueueMany } from '../../src/queue/enqueue.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { until } from '../_support/until.ts'
import { counts, createEffectTables, startProcess, supervise } from './_processes.ts'

await isolatedDatabase()

const documents = (count: number, maxAttempts: number) =>
  atomic(() =>
    enqueueMany(
      'document.generate',
      Array.from({ length: count }, (_, at) => ({ key: `document-${at + 1}`, documentId: at + 1 })),
      { maxAttempts },
    ),
  )

const unsettled = async () =>
  (await counts(`select count(*)::integer as n from outbox where state in ('new', 'work')`))['n'] ?? 0

test.before(() => createEffectTables())

test.serial.beforeEach(async () => {
  await sequelize.query('truncate outbox, effects, funerals')
})

test.serial(
  'of 500 messages one kills its worker and one cannot be done: 498 effects, each once',
  async (t) => {
    await documents(500, 3)
    const backOff = { attempts: 5, delays: [0.2] }
    const deaths = await supervise(
      t,
      { poison: 13, broken: 14, policy: { leaseSeconds: 1.5, batchSize: 50, backOff } },
      async () => (await unsettled()) === 0,
    )
    t.is(deaths, 3)
    t.deepEqual(
      await counts(
        `select count(*)::integer as all, count(distinct document_id)::integer as distinct from effects`,
      ),
      { all: 498, distinct: 498 },
    )
    const [dead] = await sequelize.query(
      `select (payload->>'documentId')::integer as document, error_code, attempts from outbox
     where state = 'dead' order by 1`,
    )
    t.deepEqual(dead, [
      { document: 13, error_code: 'worker-died', attempts: 3 },
      { document: 14, error_code: 'internal', attempts: 3 },
    ])
    const [funerals] = await sequelize.query('select document_id, code from funerals order by 1')
    t.deepEqual(funerals, [
      { document_id: 13, code: 'worker-died' },
      { document_id: 14, code: 'internal' },
    ])
  },
)

test.serial('SIGTERM: what is in hand is finished, the rest is given back unharmed', async (t) => {
  await documents(20, 3)
  const worker = startProcess(t, { takesMs: 1500, concurrency: 2, policy: { batchSize: 10 } })
  await worker.said('begun 2')
  worker.child.kill('SIGTERM')
  t.is(await worker.exited, 0)
  t.deepEqual(
    await counts(`select count(*) filter (where state = 'done')::integer as done,
      count(*) filter (where state = 'new' and attempts = 0)::integer as untouched from outbox`),
    { done: 2, untouched: 18 },
  )
  t.deepEqual(await counts('select count(*)::integer as n from effects'), { n: 2 })
})

test.serial('two workers share the work and no message is done twice', async (t) => {
  const workers = [1, 2].map(() => startProcess(t, { takesMs: 5, policy: { batchSize: 20 } }))
  await Promise.all(workers.map(({ said }) => said('ready')))
  await documents(1000, 3)
  await until(async () => (await unsettled()) === 0, 'a thousand documents')
  t.deepEqual(
    await counts(`select count(*)::integer as all, count(distinct document_id)::integer as distinct,
      count(distinct worker)::integer as workers from effects`),
    { all: 1000, distinct: 1000, workers: 2 },
  )
  for (const { child, exited } of workers) {
    child.kill('SIGTERM')
    t.is(await exited, 0)
  }
})
