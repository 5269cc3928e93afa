/** Money came in: the invoice is part paid or paid, and the lines of a paid invoice are ready to ship. */
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import { isDay, today } from '../../domain/calendar.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { invoiceStates } from '../../domain/states/invoice.ts'
import { notifyBothSides } from '../../db/notify-desk.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Payment } from '../../models/payment.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation } from '../operation.ts'

export type PaymentInput = Readonly<{
  invoiceId: number
  /** Minor units; the whole rest when absent. */
  amountMinor?: number
  paidOn?: string
  /** Number of the payment order («№ п/п»). */
  number?: string
  comment?: string | null
}>

/** The same payment recorded twice (day, number and sum alike) is refused as `payment-known`. */
export const recordPayment = operation('invoice.pay', async ({ actor, now }, input: PaymentInput) => {
  const invoice = await Invoice.findByPk(input.invoiceId, { lock: true })
  if (!invoice) throw new DomainError('not-found')
  authorise(actor, 'recordPayment', invoice)
  const rest = invoice.totalMinor - invoice.paidMinor
  const payment = {
    amountMinor: input.amountMinor ?? rest,
    paidOn: input.paidOn ?? today(actor.timezone, now),
    number: input.number?.trim() ?? '',
    comment: input.comment ?? null,
  }
  refuseWrong(payment, rest, today(actor.timezone, now))
  const known = await Payment.count({
    where: {
      invoiceId: invoice.id,
      paidOn: payment.paidOn,
      number: payment.number,
      amountMinor: payment.amountMinor,
    },
  })
  if (known > 0) throw new DomainError('payment-known')

  await Payment.create({
    ...payment,
    currency: invoice.currency,
    invoiceId: invoice.id,
    officeId: invoice.officeId,
    organisationId: invoice.organisationId,
    createdBy: actor.id,
    createdAt: now,
  })
  invoice.paidMinor += payment.amountMinor
  const isSettled = invoice.paidMinor === invoice.totalMinor
  invoice.state = invoiceStates.next(invoice.state, isSettled ? 'pay' : 'pay_part')
  if (isSettled) {
    invoice.paidOn = payment.paidOn
    await payLines(invoice.id, payment.paidOn)
  }
  await invoice.save()
  await notifyBothSides(invoice)
  return invoice
})

function refuseWrong(payment: { amountMinor: number; paidOn: string }, rest: number, todayOn: string): void {
  const faults: Record<string, FieldFault> = {}
  if (!Number.isSafeInteger(payment.amountMinor) || payment.amountMinor <= 0)
    faults['amountMinor'] = { code: 'money-format', params: { value: payment.amountMinor } }
  else if (payment.amountMinor > rest) faults['amountMinor'] = { code: 'amount-exceeds-rest' }
  if (!isDay(payment.paidOn)) faults['paidOn'] = { code: 'day-format', params: { value: payment.paidOn } }
  else if (payment.paidOn > todayOn) faults['paidOn'] = { code: 'day-in-future' }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
}

async function payLines(invoiceId: number, paidOn: string): Promise<void> {
  const lines = await InvoiceLine.findAll({
    where: { invoiceId, state: invoiceLineStates.statesWhere('pay') },
  })
  for (const line of lines) await line.update({ state: invoiceLineStates.next(line.state, 'pay'), paidOn })
}
