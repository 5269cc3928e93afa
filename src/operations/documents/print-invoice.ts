/** The paper of an invoice: printed when it is issued, cancelled with it. */
import { DomainError } from '../../domain/errors.ts'
import { documentStates } from '../../domain/states/document.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { authorise } from '../../policies/define-policy.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { operation } from '../operation.ts'
import { composeInvoice, newVerificationCode } from './compose-documents.ts'
import { loadSales } from './load-sales.ts'

/** One paper for one invoice. @throws DomainError `seller-account-missing`, `not-found`, `forbidden` */
export const printInvoice = operation(
  'document.generate',
  async ({ actor }, { invoiceId }: { invoiceId: number }) => {
    const invoice = await Invoice.findByPk(invoiceId, { rejectOnEmpty: true })
    authorise(actor, 'print', invoice)
    const known = await Document.findOne({ where: { invoiceId, kind: 'invoice' } })
    if (known) return known
    const sale = (await loadSales([invoiceId])).get(invoiceId)
    if (!sale || !invoice.number || !invoice.issuedOn) throw new DomainError('not-found')

    const verificationCode = newVerificationCode()
    const lines = await InvoiceLine.findAll({ where: { invoiceId }, order: ['position'] })
    const data = composeInvoice(sale, lines, {
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      verificationCode,
    })
    if (data === null) throw new DomainError('seller-account-missing')
    const document = await Document.create({
      officeId: invoice.officeId,
      organisationId: invoice.organisationId,
      sellerId: invoice.sellerId,
      invoiceId,
      kind: 'invoice',
      number: invoice.number,
      seriesNumber: invoice.seriesNumber,
      seriesYear: invoice.seriesYear,
      issuedOn: invoice.issuedOn,
      totalMinor: invoice.totalMinor,
      currency: invoice.currency,
      verificationCode,
      data,
    })
    await enqueue(
      'document.generate',
      { key: `document-${document.id}`, documentId: document.id },
      { officeId: invoice.officeId },
    )
    return document
  },
)

/** Marks the paper of a cancelled invoice; one that is still at the press prints and stays, its invoice says the rest. */
export const cancelInvoicePaper = operation(
  'document.cancel',
  async ({ actor, now }, { invoiceId, reason }: { invoiceId: number; reason: string }) => {
    const document = await Document.findOne({ where: { invoiceId, kind: 'invoice' }, lock: true })
    if (!document || !documentStates.can(document.state, 'cancel')) return
    await document.update({
      state: documentStates.next(document.state, 'cancel'),
      cancelledAt: now,
      cancelledBy: actor.id,
      cancelReason: reason,
    })
  },
)
