/** Cancels an issued invoice nobody has paid; its number stays, marked as cancelled. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { invoiceStates } from '../../domain/states/invoice.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { cancelInvoicePaper } from '../documents/print-invoice.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'

export const cancelInvoice = operation(
  'invoice.cancel',
  async (context, { invoiceId, reason }: { invoiceId: number; reason: string }) => {
    const invoice = await Invoice.findByPk(invoiceId, { lock: true })
    if (!invoice) throw new DomainError('not-found')
    authorise(context.actor, 'cancel', invoice)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    invoice.state = invoiceStates.next(invoice.state, 'cancel')
    invoice.cancelReason = reason
    await invoice.save()
    for (const line of await InvoiceLine.findAll({ where: { invoiceId } }))
      await line.update({ state: invoiceLineStates.next(line.state, 'cancel') })
    await cancelInvoicePaper(context, { invoiceId, reason })
    await settleNotifications('invoices', [invoiceId], context.now)
    await notifyDesk({ organisationId: invoice.organisationId, topic: 'counters' })
    return invoice
  },
)
