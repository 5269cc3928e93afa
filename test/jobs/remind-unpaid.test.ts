/** Reminders: each step once, none after payment, and a client without an address is told as such. */
import test from 'ava'
import { remindUnpaidInvoices } from '../../jobs/remind-unpaid-invoices.ts'
import { Mail } from '../../src/models/mail.ts'
import { recordPayment } from '../../src/operations/invoices/record-payment.ts'
import { later } from '../_support/clock.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { as, buildIssuedInvoice, buildOffice, buildOrganisation, testNow } from '../_support/factories.ts'

await isolatedDatabase()

const remind = (now: Date) =>
  remindUnpaidInvoices.run({ now, period: null, signal: new AbortController().signal })

// Issued on 23 November, due ten days later.
const dayOf = (days: number) => later(testNow, { days: 10 + days })

const steps = async () =>
  (await Mail.findAll({ where: { kind: 'invoice-reminder' }, order: ['id'] })).map(
    ({ params }) => (params as { step: string }).step,
  )

test.serial(
  'each step has one letter, though the job runs twice a day; days of silence make one letter, not a pile',
  isolated(async (t) => {
    await buildIssuedInvoice()
    for (const day of [-4, -3, -3, -2, 0, 1, 1, 8, 8, 40]) await remind(dayOf(day))
    t.deepEqual(await steps(), ['before_3', 'after_1', 'after_7', 'after_14'])
  }),
)

test.serial(
  'a payment between two steps ends them; a part of it does not',
  isolated(async (t) => {
    const { invoice, operator } = await buildIssuedInvoice()
    await remind(dayOf(-3))
    await recordPayment(as(operator), { invoiceId: invoice.id, amountMinor: 100, number: '1' })
    await remind(dayOf(1))
    await recordPayment(as(operator), { invoiceId: invoice.id, number: '2' })
    await remind(dayOf(7))
    t.deepEqual(await steps(), ['before_3', 'after_1'])
  }),
)

test.serial(
  'without an address the letter is kept as not delivered',
  isolated(async (t) => {
    const office = await buildOffice()
    const organisation = await buildOrganisation({ office, email: null })
    await buildIssuedInvoice({ office, organisation })
    await remind(dayOf(1))
    t.deepEqual(
      (await Mail.findAll()).map(({ state, recipient }) => [state, recipient]),
      [['no_address', null]],
    )
  }),
)

test.serial(
  'two workers at the same moment, and a payment in it: one letter at most for each invoice',
  async (t) => {
    const sold = []
    for (let at = 0; at < 6; at += 1) sold.push(await buildIssuedInvoice())
    await Promise.all([
      remind(dayOf(1)),
      remind(dayOf(1)),
      ...sold
        .slice(0, 3)
        .map(({ invoice, operator }) => recordPayment(as(operator), { invoiceId: invoice.id, number: '1' })),
    ])
    const told = (await Mail.findAll()).map(({ params }) => (params as { invoiceId: number }).invoiceId)
    t.is(new Set(told).size, told.length)
    for (const { invoice } of sold.slice(3)) t.true(told.includes(invoice.id))
    const before = told.length
    await Promise.all([remind(dayOf(7)), remind(dayOf(7))])
    t.is((await Mail.findAll()).length, before + 3, 'the paid ones are left in peace')
  },
)
