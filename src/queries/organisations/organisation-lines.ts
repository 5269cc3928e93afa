/** The invoices of an organisation with their lines, requests and documents, newest first. */
import type { DeskDocument, DeskLine, OrganisationLines } from '../../../admin/desk-types.ts'
import { lateAfterMinutes } from '../../domain/answer-times.ts'
import { daysBetween, today } from '../../domain/calendar.ts'
import { isOverdue } from '../../domain/payment-terms.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { row, rows } from '../rows.ts'
import { fileOf, screenOf } from '../screen-of.ts'
import { visible } from '../visible.ts'

const invoicesPerPage = 10

type InvoiceRow = {
  id: number
  number: string | null
  issued_on: string | null
  due_on: string | null
  paid_on: string | null
  state: string
  total_minor: number
  currency: string
  portal_order_number: string | null
}
type LineRow = {
  id: number
  invoice_id: number
  name: string
  kind: DeskLine['kind']
  quantity: string
  unit: string
  total_minor: number
  currency: string
  state: string
  paid_on: string | null
  shipped_on: string | null
  valid_from: string | null
  valid_to: string | null
  request_id: number | null
  request_number: string | null
  request_state: string | null
  request_is_late: boolean | null
}
type DocumentRow = {
  line_id: number
  id: number
  kind: string
  number: string
  issued_on: string
  state: string
  seen_at: Date | null
  has_file: boolean
}

/** @throws DomainError `not-found` for an organisation that does not exist for this actor */
export async function organisationLines(
  actor: Actor,
  input: { organisationId: number; contractId?: number | undefined; page?: number },
): Promise<OrganisationLines> {
  for (const model of [Organisation, Invoice, InvoiceLine]) authorise(actor, 'list', model as never)
  const { organisationId, contractId = null, page = 1 } = input
  const organisation = visible(actor, Organisation, 'o')
  const known = await row(
    `select o.id from organisations o where o.id = $organisationId and ${organisation.sql}`,
    {
      ...organisation.bind,
      organisationId,
    },
  )
  if (!known) throw new DomainError('not-found')
  const scope = visible(actor, Invoice, 'i')
  const invoices = await rows<InvoiceRow>(
    `select i.id, i.number, i.issued_on, i.due_on, i.paid_on, i.state, i.total_minor, i.currency, i.portal_order_number
     from invoices i
     where i.organisation_id = $organisationId and ($contractId::bigint is null or i.contract_id = $contractId)
       and i.deleted_at is null and ${scope.sql}
     order by i.id desc limit $limit offset $offset`,
    {
      ...scope.bind,
      organisationId,
      contractId,
      limit: invoicesPerPage + 1,
      offset: (page - 1) * invoicesPerPage,
    },
  )
  const shown = invoices.slice(0, invoicesPerPage)
  const lines = await linesOf(
    actor,
    shown.map(({ id }) => id),
  )
  const documents = await documentsOf(
    actor,
    lines.map(({ id }) => id),
  )
  const day = today(actor.timezone, new Date())
  return {
    invoices: shown.map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      issuedOn: invoice.issued_on,
      dueOn: invoice.due_on,
      paidOn: invoice.paid_on,
      state: invoice.state,
      overdueDays: overdueDays(invoice, day),
      totalMinor: invoice.total_minor,
      currency: invoice.currency,
      portalOrderNumber: invoice.portal_order_number,
      lines: lines.filter((line) => line.invoice_id === invoice.id).map((line) => toLine(line, documents)),
    })),
    page,
    hasMore: invoices.length > invoicesPerPage,
  }
}

function overdueDays({ state, due_on: dueOn }: InvoiceRow, day: string): number {
  const isWaiting = state === 'issued' || state === 'part_paid'
  return isWaiting && dueOn !== null && isOverdue(dueOn, day) ? daysBetween(dueOn, day) : 0
}

function linesOf(actor: Actor, invoiceIds: number[]): Promise<LineRow[]> {
  const scope = visible(actor, InvoiceLine, 'l')
  return rows<LineRow>(
    `select l.id, l.invoice_id, l.name, l.kind, l.quantity, l.unit, l.total_minor, l.currency, l.state, l.paid_on,
       l.shipped_on, l.valid_from, l.valid_to, r.id as request_id, r.number as request_number, r.state as request_state,
       r.state = 'sent' and r.sent_at < now() - interval '${lateAfterMinutes} minutes' as request_is_late
     from invoice_lines l
     left join lateral (select request_id from accounting_request_lines where line_id = l.id order by id desc limit 1) last
       on true
     left join accounting_requests r on r.id = last.request_id
     where l.invoice_id = any ($invoiceIds) and l.deleted_at is null and ${scope.sql}
     order by l.invoice_id desc, l.position`,
    { ...scope.bind, invoiceIds },
  )
}

/** Documents in force that cover the lines, as far as the actor may list them. */
export async function documentsOf(actor: Actor, lineIds: number[]): Promise<DocumentRow[]> {
  if (!can(actor, 'list', Document)) return []
  const scope = visible(actor, Document, 'd')
  return rows<DocumentRow>(
    `select dl.line_id, d.id, d.kind, d.number, d.issued_on, d.state, d.seen_at, d.file_id is not null as has_file
     from document_lines dl join documents d on d.id = dl.document_id
     where dl.line_id = any ($lineIds) and dl.is_active and d.state <> 'cancelled' and ${scope.sql}
     order by d.id`,
    { ...scope.bind, lineIds },
  )
}

function toLine(line: LineRow, documents: DocumentRow[]): DeskLine {
  const own = documents.filter(({ line_id: lineId }) => lineId === line.id)
  const ofKind = (kind: string) => own.filter((document) => document.kind === kind).map(toDocument)
  return {
    id: line.id,
    name: line.name,
    kind: line.kind,
    quantity: line.quantity,
    unit: line.unit,
    totalMinor: line.total_minor,
    currency: line.currency,
    state: line.state,
    paidOn: line.paid_on,
    shippedOn: line.shipped_on,
    validFrom: line.valid_from,
    validTo: line.valid_to,
    request:
      line.request_id === null || line.request_number === null || line.request_state === null
        ? null
        : {
            id: line.request_id,
            number: line.request_number,
            state: line.request_state,
            isLate: line.request_is_late === true,
          },
    licences: ofKind('licence'),
    acts: ofKind('act'),
  }
}

export const toDocument = (document: DocumentRow): DeskDocument => ({
  id: document.id,
  kind: document.kind,
  number: document.number,
  issuedOn: document.issued_on,
  state: document.state,
  href: document.has_file ? fileOf('document', document.id) : screenOf('documents', document.id),
  seenAt: document.seen_at?.toISOString() ?? null,
})
