/** PostgreSQL is restarted while workers are busy, politely and by a kill: nothing is lost and nothing doubled. */
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts'
import { migrate } from '../../src/db/migrate.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { connectDatabase } from '../../src/db/sequelize.ts'
import { enqueueMany } from '../../src/queue/enqueue.ts'
import { counts, createEffectTables, startProcess } from './_processes.ts'
import { until } from '../_support/until.ts'

// A server of its own, with durability: the one of the run is shared and forgets on purpose.
const folder = await realpath(await mkdtemp(join(tmpdir(), 'certdesk-restart-')))
await chmod(folder, 0o755)
const server = await startEmbeddedPostgres({ dataDir: folder, settings: { shared_buffers: '64MB' } })
process.env['DATABASE_URL'] = server.url
connectDatabase(server.url, { applicationName: 'test' })
await migrate(server.url)
await createEffectTables()

test.after.always('the server goes', async () => {
  await closeDatabase()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const total = 2000

const done = async () =>
  (await counts(`select count(*)::integer as n from outbox where state = 'done'`))['n'] ?? 0

test.serial('2,000 messages through a fast restart and a kill of PostgreSQL', async (t) => {
  const policy = { leaseSeconds: 5, batchSize: 20, backOff: { attempts: 5, delays: [0.2] } }
  const workers = [1, 2].map(() => startProcess(t, { takesMs: 10, policy }))
  await Promise.all(workers.map(({ said }) => said('ready')))
  await atomic(() =>
    enqueueMany(
      'document.generate',
      Array.from({ length: total }, (_, at) => ({ key: `document-${at}`, documentId: at + 1 })),
    ),
  )
  await until(async () => (await done()) > 100, 'the work to begin')
  await server.restart('fast')
  await sleep(300)
  const between = await done()
  await server.restart('kill')
  await until(async () => (await done()) === total, 'all messages')
  t.log(`${between} of ${total} were done between the restarts`)
  t.true(between < total, 'the second restart came too late to prove anything')
  t.deepEqual(
    await counts(
      `select count(*)::integer as all, count(distinct document_id)::integer as distinct from effects`,
    ),
    { all: total, distinct: total },
  )
  for (const { child, exited } of workers) {
    t.is(child.exitCode, null, 'a worker did not live through the restart')
    child.kill('SIGTERM')
    t.is(await exited, 0)
  }
})
