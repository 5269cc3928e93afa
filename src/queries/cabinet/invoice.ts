/** An invoice as its payer reads it: the lines, whether paid or not, its papers, and how to pay what is left. */
import type { CabinetInvoice } from '../../../admin/cabinet-types.ts'
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { Document } from '../../models/document.ts'
import { Invoice } from '../../models/invoice.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { visibleIfListed } from '../visible.ts'
import { cabinetPayment } from './payment.ts'

/** @throws DomainError `not-found` for an invoice that does not exist for this person */
export async function cabinetInvoice(
  actor: Actor,
  { invoiceId }: { invoiceId: number },
  now = new Date(),
): Promise<CabinetInvoice> {
  const invoice = await Invoice.findByPk(invoiceId)
  if (!invoice || !can(actor, 'show', invoice)) throw new DomainError('not-found')
  const isOpen = invoice.state === 'issued' || invoice.state === 'part_paid'
  const [lines, papers, [file], payment] = await Promise.all([
    rows<CabinetInvoice['lines'][number]>(
      `select l.id, l.name, l.quantity::text, l.unit, l.price_minor as "priceMinor", l.total_minor as "totalMinor",
         l.vat_percent::text as "vatPercent", l.state
       from invoice_lines l where l.invoice_id = $invoiceId and l.deleted_at is null order by l.position`,
      { invoiceId },
    ),
    papersOf(actor, invoiceId),
    rows<{ id: number }>(
      `select id from documents where invoice_id = $invoiceId and kind = 'invoice' and file_id is not null`,
      { invoiceId },
    ),
    isOpen ? cabinetPayment(invoice) : null,
  ])
  return {
    lines,
    currency: invoice.currency,
    restMinor: isOpen ? invoice.totalMinor - invoice.paidMinor : 0,
    isOverdue: isOpen && invoice.dueOn !== null && invoice.dueOn < today(actor.timezone, now),
    hasFile: file !== undefined,
    papers,
    payment,
  }
}

async function papersOf(actor: Actor, invoiceId: number): Promise<CabinetInvoice['papers']> {
  const scope = visibleIfListed(actor, Document, 'd')
  if (!scope) return []
  const found = await rows<Omit<CabinetInvoice['papers'][number], 'seenAt'> & { seenAt: Date | null }>(
    `select d.id, d.kind, d.number, d.seen_at as "seenAt" from documents d
     where ${scope.sql} and d.invoice_id = $invoiceId order by d.kind, d.id`,
    { ...scope.bind, invoiceId },
  )
  return found.map(({ seenAt, ...paper }) => ({ ...paper, seenAt: seenAt?.toISOString() ?? null }))
}
