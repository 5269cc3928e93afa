/** PostgreSQL goes away politely and by a kill while documents are printed: nothing is lost and nothing doubled. */
import './_storage.ts'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts'
import { migrate } from '../../src/db/migrate.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { connectDatabase } from '../../src/db/sequelize.ts'
import { Document } from '../../src/models/document.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { as } from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { allSettled, counts, hasty, startProcess, unsettled } from './_processes.ts'
import { buildShop, filesMatchRows, lineIdsOf, shipInvoices } from './_sales.ts'

// A server of its own, with durability: the one of the run is shared and forgets on purpose.
const folder = await realpath(await mkdtemp(join(tmpdir(), 'certdesk-restart-')))
await chmod(folder, 0o755)
const server = await startEmbeddedPostgres({ dataDir: folder, settings: { shared_buffers: '64MB' } })
process.env['DATABASE_URL'] = server.url
connectDatabase(server.url, { applicationName: 'test' })
await migrate(server.url)

const topic: Topic = 'document.generate'

test.after.always('the server goes', async () => {
  await closeDatabase()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

test.serial('160 documents through a fast restart and a kill of PostgreSQL', async (t) => {
  const shop = await buildShop()
  const sold = await shipInvoices(shop, 20, 7)
  const workers = [1, 2].map(() =>
    startProcess(t, { topics: [topic], policies: { [topic]: { ...hasty, batchSize: 10 } } }),
  )
  await Promise.all(workers.map(({ ready }) => ready))
  await allSettled(topic)
  const lineIds = lineIdsOf(sold)
  const { batchId } = await generateDocuments(as(sold[0]!.operator), { lineIds, kinds: ['act', 'licence'] })

  await until(async () => (await unsettled(topic)) < 155, 'the work to begin')
  await server.restart('fast')
  await until(async () => (await unsettled(topic)) < 90, 'the work to go on')
  await server.restart('kill')
  const left = await unsettled(topic)
  t.true(left > 0, 'the second restart came too late to prove anything')
  t.log(`${left} of 160 were left after the second restart`)
  await allSettled(topic)

  const documents = await Document.findAll({ where: { state: 'ready' } })
  t.is(documents.filter((document) => document.batchId === batchId).length, 160)
  await filesMatchRows(t, documents)
  t.true((await InvoiceLine.findAll({ where: { id: lineIds } })).every(({ state }) => state === 'acted'))
  t.deepEqual(
    await rows(`select subject_id from audit_events
      where operation = 'document.finish' and subject_type = 'documents' group by 1 having count(*) > 1`),
    [],
  )
  t.deepEqual(
    await counts(`select count(*)::integer as dead from outbox where topic = '${topic}' and state <> 'done'`),
    { dead: 0 },
  )
  for (const worker of workers) {
    t.is(worker.child.exitCode, null, 'a worker did not live through the restart')
    t.is(await worker.stop(), 0)
  }
})
