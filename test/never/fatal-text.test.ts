/** A document that kills the typesetter fails alone, with a reason, and «Повторить» works once the cause is gone. */
import './_storage.ts'
import test from 'ava'
import { Document } from '../../src/models/document.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { retryDocument } from '../../src/operations/documents/settle-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as } from '../_support/factories.ts'
import { allSettled, hasty, startProcess } from './_processes.ts'
import { buildShop, filesMatchRows, lineIdsOf, shipInvoices } from './_sales.ts'

await isolatedDatabase()

const topic: Topic = 'document.generate'

test.serial(
  'one act aborts the typesetter: 23 documents are ready, one failed, and its retry prints',
  async (t) => {
    const shop = await buildShop()
    const sold = await shipInvoices(shop, 6, 3)
    const operator = sold[0]!.operator
    const { batchId } = await generateDocuments(as(operator), {
      lineIds: lineIdsOf(sold),
      kinds: ['act', 'licence'],
    })
    const [fatal] = await Document.findAll({ where: { batchId, kind: 'act' }, order: ['id'] })
    if (!fatal) return t.fail('no act was made')

    const policies = { [topic]: hasty }
    const { name } = shop.service
    const worker = startProcess(t, {
      topics: [topic],
      policies,
      fatalAct: { number: fatal.number, name },
    })
    await rows(`update outbox set max_attempts = 2 where topic = '${topic}'`)
    await allSettled(topic)
    t.is(worker.child.exitCode, null, 'the worker itself lives')
    t.deepEqual(
      await rows(`select state, count(*)::integer as papers from documents where batch_id = ${batchId}
      group by state order by state`),
      [
        { state: 'failed', papers: 1 },
        { state: 'ready', papers: 23 },
      ],
    )
    await fatal.reload()
    t.is(fatal.failureCode, 'document-render-crashed')
    t.deepEqual(
      await rows(`select state, error_code from outbox where (payload->>'documentId')::bigint = ${fatal.id}`),
      [{ state: 'dead', error_code: 'document-render-crashed' }],
    )
    t.deepEqual(await rows(`select state from batches where id = ${batchId}`), [{ state: 'failed' }])
    t.is(await worker.stop(), 0)

    const healthy = startProcess(t, { topics: [topic], policies })
    await retryDocument(as(operator), { documentId: fatal.id })
    await allSettled(topic)
    const documents = await Document.findAll({ where: { state: 'ready' } })
    t.true(documents.some(({ id, failureCode }) => id === fatal.id && failureCode === null))
    await filesMatchRows(t, documents)
    t.is(await healthy.stop(), 0)
  },
)
