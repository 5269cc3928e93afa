/** A worker killed again and again while it prints: each document ready once, no file without a row, no row without a file. */
import './_storage.ts'
import test from 'ava'
import { checkFiles } from '../../jobs/check-files.ts'
import { Document } from '../../src/models/document.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as } from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { allSettled, counts, hasty, startProcess, unsettled } from './_processes.ts'
import { buildShop, filesMatchRows, lineIdsOf, shipInvoices } from './_sales.ts'

await isolatedDatabase()
const topic: Topic = 'document.generate'

test.serial(
  '200 documents, six workers killed between file and row and in the middle of printing',
  async (t) => {
    const shop = await buildShop()
    const sold = await shipInvoices(shop, 40, 4)
    const lineIds = lineIdsOf(sold)
    const { batchId, created } = await generateDocuments(as(sold[0]!.operator), {
      lineIds,
      kinds: ['act', 'licence'],
    })
    t.is(created, 200)

    const policies = { [topic]: hasty }
    const plan = { topics: [topic], policies }
    // Three die by their own hand inside the transaction that would have written the rows of finished files,
    for (const dieAtFinish of [1, 2, 3]) {
      const worker = startProcess(t, { ...plan, dieAtFinish })
      t.is(await worker.exited, 'SIGKILL')
    }
    // and three by a kill from outside, at whatever they were doing.
    for (const left of [210, 160, 110]) {
      const worker = startProcess(t, plan)
      await until(async () => (await unsettled(topic)) < left, 'some progress')
      worker.child.kill('SIGKILL')
      await worker.exited
    }
    const left = await unsettled(topic)
    t.true(left > 0, 'the kills came too late to prove anything')
    const last = startProcess(t, plan)
    await allSettled(topic)
    t.is(await last.stop(), 0)
    t.log(`${left} of ${created} were left for the last worker`)

    const documents = await Document.findAll({ where: { state: 'ready' } })
    const own = documents.filter((document) => document.batchId === batchId)
    t.is(own.length, 200)
    const tomorrow = { now: new Date(Date.now() + 48 * 3_600_000), period: null }
    const found = await checkFiles.run({ ...tomorrow, signal: new AbortController().signal })
    t.like(found, { files: documents.length, orphans: 0, expired: 0 })
    t.log(`parts of files the dead left behind: ${(found as { unfinished: number }).unfinished}`)
    await filesMatchRows(t, documents)
    const lines = await InvoiceLine.findAll({ where: { id: lineIds } })
    t.true(lines.every(({ state }) => state === 'acted'))
    t.deepEqual(
      await rows(`select subject_id from audit_events
      where operation = 'document.finish' and subject_type = 'documents' group by subject_id having count(*) > 1`),
      [],
      'each became ready once',
    )
    t.deepEqual(
      await counts(`select (select count(*)::integer from outbox where topic = '${topic}' and state <> 'done') as undone,
      (select count(*)::integer from batches where id = ${batchId} and state = 'done') as closed`),
      { undone: 0, closed: 1 },
    )
  },
)
