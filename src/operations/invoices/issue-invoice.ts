/** Numbers a draft, freezes it and has its paper printed. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { defaultPaymentDays, dueOn as dueDayOf } from '../../domain/payment-terms.ts'
import { invoiceStates } from '../../domain/states/invoice.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { printInvoice } from '../documents/print-invoice.ts'
import { takeNumbers } from '../numbering/take-numbers.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'

/** @throws DomainError `organisation-draft`, `organisation-blocked`, `lines-missing`, `state-refuses`, `forbidden` */
export const issueInvoice = operation(
  'invoice.issue',
  async (context, { invoiceId }: { invoiceId: number }) => {
    const { actor, now } = context
    const invoice = await Invoice.findByPk(invoiceId, { lock: true })
    if (!invoice) throw new DomainError('not-found')
    authorise(actor, 'issue', invoice)
    const customer = await Organisation.findByPk(invoice.organisationId, { rejectOnEmpty: true })
    if (customer.state !== 'active') throw new DomainError(`organisation-${customer.state}`)
    if ((await InvoiceLine.count({ where: { invoiceId } })) === 0) throw new DomainError('lines-missing')

    const seller = await Organisation.findByPk(invoice.sellerId, { rejectOnEmpty: true })
    const issuedOn = today(seller.timezone, now)
    invoice.state = invoiceStates.next(invoice.state, 'issue')
    invoice.issuedOn = issuedOn
    invoice.dueOn =
      invoice.dueOn && invoice.dueOn >= issuedOn ? invoice.dueOn : dueDayOf(issuedOn, defaultPaymentDays)
    const [taken] = await takeNumbers('invoice', seller.id, issuedOn)
    invoice.set(taken ?? {})
    await invoice.save()
    await printInvoice(context, { invoiceId })
    await tellWhoOrdered(invoice, now)
    await notifyDesk({ organisationId: invoice.organisationId, topic: 'counters' })
    return invoice
  },
)

/** Until now the draft was the office's own business; the client hears of it once, however many orders it holds. */
async function tellWhoOrdered({ id, officeId, organisationId }: Invoice, now: Date): Promise<void> {
  if ((await OrderRequest.count({ where: { invoiceId: id } })) === 0) return
  await notify({ kind: 'order-invoiced', subjectId: id, officeId, organisationId, now })
}
