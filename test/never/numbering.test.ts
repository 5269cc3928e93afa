/** Numbers of invoices and acts under many issuers, some of whom change their mind at the last moment. */
import test, { type ExecutionContext } from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { Invoice } from '../../src/models/invoice.ts'
import { generateDocuments } from '../../src/operations/documents/generate-documents.ts'
import { issueInvoice } from '../../src/operations/invoices/issue-invoice.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { moscow } from '../_support/clock.ts'
import { as, buildDraftInvoice } from '../_support/factories.ts'
import { buildShop, lineIdsOf, shipInvoices } from './_sales.ts'

await isolatedDatabase()

class ChangedMind extends Error {}

const issuers = 16

/** Sixteen issuers take the work one after another; every tenth piece rolls back after its number was taken. */
async function underPressure<T>(work: readonly T[], issue: (piece: T) => Promise<unknown>): Promise<number> {
  const left = [...work.entries()]
  let rolledBack = 0
  const issuer = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, piece] = next
      await atomic(async () => {
        await issue(piece)
        if (at % 10 === 3) throw new ChangedMind()
      }).catch((fault: unknown) => {
        if (!(fault instanceof ChangedMind)) throw fault
        rolledBack += 1
      })
    }
  }
  await Promise.all(Array.from({ length: issuers }, issuer))
  return rolledBack
}

async function withoutGapsOrDoubles(t: ExecutionContext, table: string, where: string, count: number) {
  const [numbers] = await rows<{ papers: number; distinct: number; last: number; counter: number }>(
    `select count(*)::integer as papers, count(distinct number)::integer as distinct,
       max(series_number)::integer as last
     from ${table} where ${where}`,
  )
  t.deepEqual(numbers as object, { papers: count, distinct: count, last: count })
}

test.serial('invoices: 16 issuers, every tenth rolls back, no gap and no double', async (t) => {
  const shop = await buildShop()
  const drafts: Invoice[] = []
  for (let at = 0; at < 120; at += 1)
    drafts.push((await buildDraftInvoice({ ...shop, products: [shop.service] })).invoice)
  const operator = as((await buildDraftInvoice({ ...shop, products: [shop.service] })).operator)
  const rolledBack = await underPressure(drafts, ({ id }) => issueInvoice(operator, { invoiceId: id }))
  t.is(rolledBack, 12)
  await withoutGapsOrDoubles(t, 'invoices', `seller_id = ${shop.office.id} and number is not null`, 108)
})

test.serial('acts: 16 issuers, every tenth rolls back, no gap and no double', async (t) => {
  const shop = await buildShop()
  const sold = await shipInvoices(shop, 60, 0)
  const operator = as(sold[0]!.operator)
  const rolledBack = await underPressure(sold, (one) =>
    generateDocuments(operator, { lineIds: lineIdsOf([one]), kinds: ['act'] }),
  )
  t.is(rolledBack, 6)
  await withoutGapsOrDoubles(t, 'documents', `seller_id = ${shop.office.id} and kind = 'act'`, 54)
  t.deepEqual(
    await rows(`select count(*)::integer as messages from outbox o
      where topic = 'document.generate' and batch_id is not null`),
    [{ messages: 54 }],
    'what was rolled back left no message',
  )
})

test.serial('the day in a series never goes back, and a new year begins at one', async (t) => {
  const shop = await buildShop()
  const issueOn = async (day: string) => {
    const now = moscow(`${day} 10:00`)
    const { invoice, operator } = await buildDraftInvoice({ ...shop, products: [shop.service], now })
    return issueInvoice(as(operator, now), { invoiceId: invoice.id })
  }
  const first = await issueOn('2026-12-30')
  const second = await issueOn('2026-12-31')
  const fault = await t.throwsAsync(issueOn('2026-12-30'), { instanceOf: DomainError })
  t.is(fault.code, 'number-day-passed')
  const newYear = await issueOn('2027-01-01')
  t.deepEqual(
    [first, second, newYear].map(({ seriesYear, seriesNumber }) => [seriesYear, seriesNumber]),
    [
      [2026, 1],
      [2026, 2],
      [2027, 1],
    ],
  )
})
