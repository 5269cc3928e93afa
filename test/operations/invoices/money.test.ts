/** Sums and VAT of an invoice from the price list to the act (domain.md H8), and VAT by the day of shipment. */
import test from 'ava'
import type { ActData } from '../../../templates/documents/act/document.ts'
import { Document } from '../../../src/models/document.ts'
import { Payment } from '../../../src/models/payment.ts'
import { answerRequest } from '../../../src/operations/accounting-requests/answer-request.ts'
import { requestShipment } from '../../../src/operations/accounting-requests/request-shipment.ts'
import { generateDocuments } from '../../../src/operations/documents/generate-documents.ts'
import { draftInvoice } from '../../../src/operations/invoices/draft-invoice.ts'
import { moscow } from '../../_support/clock.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  as,
  buildDraftInvoice,
  buildIssuedInvoice,
  buildLicence,
  buildOffice,
  buildPaidInvoice,
  buildProduct,
} from '../../_support/factories.ts'

await isolatedDatabase()

const sums = ({
  netMinor,
  vatMinor,
  totalMinor,
}: {
  netMinor: number
  vatMinor: number
  totalMinor: number
}) => [netMinor, vatMinor, totalMinor]

test(
  '1 045,00 at 22 % inside holds 188,44 of VAT',
  isolated(async (t) => {
    const office = await buildOffice()
    const product = await buildProduct({ office, priceMinor: 104_500 })
    const { invoice, lines } = await buildIssuedInvoice({ office, products: [product] })
    t.deepEqual(sums(invoice), [85_656, 18_844, 104_500])
    t.deepEqual(sums(lines[0]!), [85_656, 18_844, 104_500])
    t.is(Number(lines[0]!.vatPercent), 22)
  }),
)

test(
  'a mixed invoice adds up its lines: 22 % and without VAT',
  isolated(async (t) => {
    const office = await buildOffice()
    const products = [
      await buildProduct({ office, priceMinor: 104_500 }),
      await buildLicence({ office, priceMinor: 135_000 }),
    ]
    const { invoice, lines } = await buildIssuedInvoice({ office, products })
    t.deepEqual(sums(invoice), [220_656, 18_844, 239_500])
    t.deepEqual(
      lines.map((line) => [line.vatPercent === null ? null : Number(line.vatPercent), line.vatMinor]),
      [
        [22, 18_844],
        [null, 0],
      ],
    )
    t.is(lines[1]!.vatExemption, 'пп. 26 п. 2 ст. 149 НК РФ')
  }),
)

test(
  'the smallest and the largest sums stay exact',
  isolated(async (t) => {
    const office = await buildOffice()
    const small = await buildProduct({ office, priceMinor: 5 })
    const large = await buildProduct({ office, priceMinor: 100_000_000_000 })
    const { invoice, lines } = await buildIssuedInvoice({ office, products: [small, large] })
    t.deepEqual(sums(lines[0]!), [4, 1, 5])
    t.deepEqual(sums(lines[1]!), [81_967_213_115, 18_032_786_885, 100_000_000_000])
    t.is(invoice.totalMinor, 100_000_000_005)
    t.is(invoice.netMinor + invoice.vatMinor, invoice.totalMinor)
  }),
)

test(
  'quantities of three decimals are rounded half up once for a line',
  isolated(async (t) => {
    const office = await buildOffice()
    const product = await buildProduct({ office, priceMinor: 333 })
    const { lines } = await buildDraftInvoice({
      office,
      products: [product],
      lines: [{ productId: product.id, quantity: '1,5' }],
    })
    t.is(Number(lines[0]!.quantity), 1.5)
    t.is(lines[0]!.totalMinor, 500)
  }),
)

test(
  'a payment is in the currency of its invoice',
  isolated(async (t) => {
    const office = await buildOffice()
    const product = await buildProduct({ office, currency: 'KZT' })
    const { invoice } = await buildPaidInvoice({ office, products: [product] })
    const [payment] = await Payment.findAll({ where: { invoiceId: invoice.id } })
    t.like(payment, { currency: 'KZT', amountMinor: invoice.totalMinor })
  }),
)

test(
  'VAT follows the day of shipment over the turn of 2025, the price does not move',
  isolated(async (t) => {
    const ordered = moscow('2025-12-30 12:00')
    const office = await buildOffice()
    const product = await buildProduct({ office, priceMinor: 104_500 })
    const ship = async (now: Date) => {
      const sold = await buildPaidInvoice({ office, products: [product], now: ordered })
      t.is(sold.lines[0]!.vatMinor, 17_417, '20 % when it was ordered')
      await requestShipment(as(sold.operator, now), { lineIds: [sold.lines[0]!.id] })
      return sold.lines[0]!.reload()
    }
    // In Moscow the year turns at 21:00 UTC.
    const before = await ship(new Date('2025-12-31T20:59:59Z'))
    const after = await ship(new Date('2025-12-31T21:00:00Z'))
    t.deepEqual(sums(before), [87_083, 17_417, 104_500])
    t.deepEqual(sums(after), [85_656, 18_844, 104_500])
    t.deepEqual([Number(before.vatPercent), Number(after.vatPercent)], [20, 22])
  }),
)

test(
  'the act of a line shipped in the new year says what the request said',
  isolated(async (t) => {
    const office = await buildOffice()
    const product = await buildProduct({ office, priceMinor: 104_500 })
    const sold = await buildPaidInvoice({ office, products: [product], now: moscow('2025-12-30 12:00') })
    const now = moscow('2026-01-12 10:00')
    const [line] = sold.lines
    const { requests } = await requestShipment(as(sold.operator, now), { lineIds: [line!.id] })
    await answerRequest(as(actorFor('accountant', office), now), {
      requestId: requests[0]!.id,
      via: 'office',
      lines: [
        { lineId: line!.id, taxDocumentKind: 'upd', taxDocumentNumber: '1', taxDocumentOn: '2026-01-12' },
      ],
    })
    const { batchId } = await generateDocuments(as(sold.operator, now), {
      lineIds: [line!.id],
      kinds: ['act'],
    })
    const act = await Document.findOne({ where: { batchId }, rejectOnEmpty: true })
    const data = act.data as ActData
    t.deepEqual(sums(data), [85_656, 18_844, 104_500])
    t.is(Number(data.lines[0]!.vatPercent), 22)
    t.is(data.totalInWords, 'Одна тысяча сорок пять рублей 00 копеек')
    t.is(act.totalMinor, requests[0]!.totalMinor)
  }),
)

for (const [currency, words] of [
  ['KZT', 'Одна тысяча сорок пять тенге 00 тиын'],
  ['BYN', 'Одна тысяча сорок пять рублей 00 копеек'],
] as const)
  test(
    `an invoice is in the currency of its price list: ${currency}`,
    isolated(async (t) => {
      const office = await buildOffice()
      const product = await buildProduct({ office, priceMinor: 104_500, currency })
      const { invoice } = await buildIssuedInvoice({ office, products: [product] })
      const paper = await Document.findOne({ where: { invoiceId: invoice.id }, rejectOnEmpty: true })
      t.is(invoice.currency, currency)
      t.is((paper.data as ActData).totalInWords, words)
    }),
  )

test(
  'two currencies do not meet in one invoice, and nonsense is refused beside its field',
  isolated(async (t) => {
    const office = await buildOffice()
    const roubles = await buildProduct({ office })
    const tenge = await buildProduct({ office, currency: 'KZT' })
    const { organisation, operator } = await buildDraftInvoice({ office })
    const fault = await t.throwsAsync(
      draftInvoice(as(operator), {
        organisationId: organisation.id,
        lines: [
          { productId: roubles.id, quantity: 'много' },
          { productId: tenge.id, quantity: '1' },
        ],
      }),
    )
    t.like(fault, {
      code: 'invalid',
      fields: {
        'lines.0.quantity': { code: 'quantity-format' },
        'lines.1.productId': { code: 'currency-mixed' },
      },
    } as never)
  }),
)
