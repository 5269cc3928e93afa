/** Invoices by the number of the portal's order, whether it stands on the invoice or on a line of it. */
import type { SearchHit } from '../../../admin/desk-types.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'
import { visible } from '../visible.ts'
import { matchPiece } from './match-piece.ts'
import { findByNumber } from './numbers.ts'
import type { Terms } from './read-terms.ts'

const column = 'portal_order_number'
const numbered = { column, hasSeries: false, hasEnds: true, hasPieces: false, isKept: true }
/** Lines of one order stand on one invoice, so three invoices may take many lines to find. */
const linesRead = 30
const shortestOnLines = 8

export async function findOrders(actor: Actor, terms: Terms, limit: number): Promise<SearchHit[]> {
  if (!can(actor, 'list', Invoice) || terms.number === null) return []
  const invoiceIds = await findByNumber(actor, { model: Invoice, ...numbered }, terms, limit)
  // A short number is most often another one: five million lines are asked only for what looks like an order.
  const isOrder = terms.number.length >= shortestOnLines
  const lineIds =
    invoiceIds.length === 0 && isOrder
      ? await findByNumber(actor, { model: InvoiceLine, ...numbered }, terms, linesRead)
      : []
  if (invoiceIds.length === 0 && lineIds.length === 0) return []
  const scope = visible(actor, Invoice, 'i')
  const found = await rows<{ id: number; order: string; number: string | null; organisation: string }>(
    `select distinct on (i.id) i.id, coalesce(l.portal_order_number, i.portal_order_number) as order, i.number,
       coalesce(o.short_name, o.name) as organisation
     from invoices i join organisations o on o.id = i.organisation_id
     left join invoice_lines l on l.invoice_id = i.id and l.id = any ($lineIds)
     where ${scope.sql} and i.deleted_at is null
       and i.id = any ($invoiceIds::bigint[] || array(select invoice_id from invoice_lines where id = any ($lineIds)))
     order by i.id desc limit $limit`,
    { ...scope.bind, invoiceIds, lineIds, limit },
  )
  return found.map(({ id, order, number, organisation }) => ({
    id,
    title: order,
    subtitle: [number, organisation].filter(Boolean).join(' · '),
    href: screenOf('invoices', id),
    match: matchPiece(terms, order),
  }))
}
