/** The same button pressed at once from many sessions: one request, one act, one licence, one letter. */
import test from 'ava'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { requestShipment } from '../../src/operations/accounting-requests/request-shipment.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { actorFor, as, buildOffice, buildOrganisation, buildReadyDocuments } from '../_support/factories.ts'
import { counts } from './_processes.ts'
import { buildShop, lineIdsOf, payInvoices, shipInvoices } from './_sales.ts'

await isolatedDatabase()

const times = <T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)))

const deadlocks = () =>
  counts<'deadlocks'>('select deadlocks from pg_stat_database where datname = current_database()')

test.serial('«Направить запрос» pressed 20 times at once by two people makes one request', async (t) => {
  const shop = await buildShop()
  const [sold] = await payInvoices(shop, 1, 2)
  const lineIds = lineIdsOf(sold ? [sold] : [])
  const people = [actorFor('operator', shop.office), actorFor('operator', shop.office)] as const
  const answers = await times(20, (at) => requestShipment(as(people[at % 2 ? 1 : 0]), { lineIds }))

  t.is(new Set(answers.flatMap(({ requests }) => requests.map(({ id }) => id))).size, 1)
  t.true(answers.every(({ requests }) => requests.length === 1))
  t.is(
    answers.reduce((sum, { created }) => sum + created, 0),
    1,
    'one press of twenty made it',
  )
  t.deepEqual(
    await counts(`select (select count(*)::integer from accounting_requests) as requests,
      (select count(*)::integer from accounting_request_lines where is_open) as open,
      (select count(*)::integer from outbox where topic = 'accounting.send') as messages,
      (select last from sequences where series = 'accounting_request') as number`),
    { requests: 1, open: 3, messages: 1, number: 1 },
  )
})

test.serial('two operators with overlapping lines: one open request for a line, no deadlock', async (t) => {
  const shop = await buildShop()
  const sold = await payInvoices(shop, 4, 4)
  const lineIds = lineIdsOf(sold)
  const before = await deadlocks()
  // Each press takes another window of the same lines, every second one in the opposite order.
  const answers = await times(16, (at) => {
    const some = lineIds.slice(at % 8, (at % 8) + 10)
    return requestShipment(as(actorFor('operator', shop.office)), {
      lineIds: at % 2 ? some.toReversed() : some,
    })
  })

  t.deepEqual(
    await rows(
      `select line_id from accounting_request_lines where is_open group by line_id having count(*) > 1`,
    ),
    [],
  )
  const asked = [...new Set(lineIds.slice(0, 17))]
  const lines = await InvoiceLine.findAll({ where: { id: asked } })
  t.true(lines.every(({ state }) => state === 'shipping_requested'))
  const made = await AccountingRequest.findAll({ where: { sellerId: shop.office.id } })
  t.is(
    made.reduce((sum, { lineCount }) => sum + lineCount, 0),
    asked.length,
  )
  t.is(
    answers.reduce((sum, { created }) => sum + created, 0),
    made.length,
  )
  t.deepEqual(
    made.map(({ seriesNumber }) => seriesNumber).sort((a, b) => a - b),
    made.map((_, at) => at + 1),
    'numbers without gaps',
  )
  t.deepEqual(await deadlocks(), before)
})

test.serial(
  '«Сформировать» pressed at once by two people makes one act and one licence for a line',
  async (t) => {
    const shop = await buildShop()
    const sold = await shipInvoices(shop, 6, 2)
    const lineIds = lineIdsOf(sold)
    const before = await deadlocks()
    const answers = await times(12, (at) =>
      generateDocuments(as(actorFor('operator', shop.office)), {
        lineIds: at % 2 ? lineIds.toReversed() : lineIds,
        kinds: at % 3 ? ['act', 'licence'] : ['licence', 'act'],
      }),
    )

    t.is(
      answers.reduce((sum, { created }) => sum + created, 0),
      6 + 12,
    )
    t.is(answers.filter(({ batchId }) => batchId !== null).length, 1, 'one press made them all')
    t.deepEqual(
      await rows(`select kind, count(*)::integer as papers, max(series_number)::integer as last
      from documents where kind <> 'invoice' group by kind order by kind`),
      [
        { kind: 'act', papers: 6, last: 6 },
        { kind: 'licence', papers: 12, last: 12 },
      ],
    )
    t.deepEqual(
      await rows(
        `select line_id, kind from document_lines where is_active group by 1, 2 having count(*) > 1`,
      ),
      [],
    )
    t.deepEqual(
      await counts(`select count(*)::integer as messages from outbox
      where topic = 'document.generate' and batch_id is not null`),
      { messages: 18 },
    )
    t.deepEqual(await deadlocks(), before)
  },
)

/** The documents of each letter about published papers. */
const letters = () =>
  rows<{ organisation: number; documents: number[]; messages: number }>(
    `select m.organisation_id as organisation, m.params -> 'documentIds' as documents,
       (select count(*)::integer from outbox o where o.topic = 'mail.send' and (o.payload ->> 'mailId')::bigint = m.id) as messages
     from mails m where m.kind = 'documents-published' order by m.id`,
  )

test.serial(
  '«Отправить акты в ЛК» pressed at once from two sessions makes one letter for each client and batch',
  async (t) => {
    const office = await buildOffice()
    const sold = []
    for (let at = 0; at < 3; at += 1) sold.push(await buildReadyDocuments({ office }))
    const documentIds = sold.flatMap(({ documents }) => documents.map(({ id }) => id))
    const lineIds = lineIdsOf(sold)
    const before = await deadlocks()
    const people = [actorFor('operator', office), actorFor('operator', office)] as const
    const answers = await times(16, (at) =>
      publishDocuments(
        as(people[at % 2 ? 1 : 0]),
        at % 4 < 2
          ? { documentIds: at % 2 ? documentIds.toReversed() : documentIds }
          : { lineIds: at % 2 ? lineIds.toReversed() : lineIds },
      ),
    )

    t.is(answers.filter(({ published }) => published > 0).length, 1, 'one press of sixteen published them')
    t.is(
      answers.reduce((sum, { published }) => sum + published, 0),
      documentIds.length,
    )
    const made = await letters()
    t.deepEqual(
      made.map(({ organisation, documents, messages }) => [organisation, documents.toSorted(), messages]),
      sold.map(({ organisation, documents }) => [
        organisation.id,
        documents.map(({ id }) => id).toSorted(),
        1,
      ]),
    )
    t.deepEqual(await counts(`select count(*)::integer as batches from batches where kind = 'publish'`), {
      batches: 3,
    })
    t.deepEqual(await deadlocks(), before)
  },
)

test.serial('of overlapping presses each paper stands in one letter', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const sold = []
  for (let at = 0; at < 4; at += 1) sold.push(await buildReadyDocuments({ office, organisation }))
  const ids = sold.flatMap(({ documents }) => documents.map(({ id }) => id))
  const before = await deadlocks()
  await times(12, (at) => {
    const some = ids.slice(at % 5, (at % 5) + 4)
    return publishDocuments(as(actorFor('operator', office)), {
      documentIds: at % 2 ? some.toReversed() : some,
    })
  })
  const told = (await letters()).filter((one) => one.organisation === organisation.id)
  t.deepEqual(told.flatMap(({ documents }) => documents).toSorted(), ids.toSorted())
  t.deepEqual(await deadlocks(), before)
})
