/** The invoices of an organisation with their lines, requests and documents, newest first. */
import type { DeskLine, OrganisationLines } from '../../../admin/desk-types.ts'
import { daysBetween, today } from '../../domain/calendar.ts'
import { isOverdue } from '../../domain/payment-terms.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { lineFacts, type LineFacts } from '../accounting/line-facts.ts'
import { openRequest, standingOf, type LineStanding } from '../accounting/line-standing.ts'
import { row, rows } from '../rows.ts'
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
  comment: string | null
}

/** @throws DomainError `not-found` for an organisation that does not exist for this actor */
export async function organisationLines(
  actor: Actor,
  input: {
    organisationId: number
    contractId?: number | undefined
    standing?: LineStanding | undefined
    page?: number
    now?: Date
  },
): Promise<OrganisationLines> {
  for (const model of [Organisation, Invoice, InvoiceLine]) authorise(actor, 'list', model as never)
  const { organisationId, contractId = null, standing = null, page = 1, now = new Date() } = input
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
       and ($standing::text is null or exists (select from invoice_lines l ${openRequest}
         where l.invoice_id = i.id and l.deleted_at is null and ${standingOf('$now::timestamptz')} = $standing))
     order by i.id desc limit $limit offset $offset`,
    {
      ...scope.bind,
      organisationId,
      contractId,
      standing,
      now: now.toISOString(),
      limit: invoicesPerPage + 1,
      offset: (page - 1) * invoicesPerPage,
    },
  )
  const shown = invoices.slice(0, invoicesPerPage)
  const lines = await linesOf(
    actor,
    shown.map(({ id }) => id),
    standing,
    now,
  )
  const facts = await lineFacts(
    actor,
    lines.map(({ id }) => id),
    now,
  )
  const day = today(actor.timezone, now)
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
      lines: lines
        .filter((line) => line.invoice_id === invoice.id)
        .flatMap((line) => {
          const known = facts.get(line.id)
          return known ? [toLine(line, known)] : []
        }),
    })),
    standings: await countStandings(actor, organisationId, contractId, now),
    page,
    hasMore: invoices.length > invoicesPerPage,
  }
}

/** How many lines of the organisation stand where. */
async function countStandings(
  actor: Actor,
  organisationId: number,
  contractId: number | null,
  now: Date,
): Promise<Record<string, number>> {
  const scope = visible(actor, InvoiceLine, 'l')
  const found = await rows<{ standing: string; count: number }>(
    `select ${standingOf('$now::timestamptz')} as standing, count(*)::integer as count
     from invoice_lines l join invoices i on i.id = l.invoice_id ${openRequest}
     where l.organisation_id = $organisationId and ($contractId::bigint is null or i.contract_id = $contractId)
       and i.deleted_at is null and l.deleted_at is null and ${scope.sql}
     group by 1`,
    { ...scope.bind, organisationId, contractId, now: now.toISOString() },
  )
  return Object.fromEntries(found.map(({ standing, count }) => [standing, count]))
}

function overdueDays({ state, due_on: dueOn }: InvoiceRow, day: string): number {
  const isWaiting = state === 'issued' || state === 'part_paid'
  return isWaiting && dueOn !== null && isOverdue(dueOn, day) ? daysBetween(dueOn, day) : 0
}

function linesOf(actor: Actor, invoiceIds: number[], standing: string | null, now: Date): Promise<LineRow[]> {
  const scope = visible(actor, InvoiceLine, 'l')
  return rows<LineRow>(
    `select l.id, l.invoice_id, l.name, l.kind, l.quantity, l.unit, l.total_minor, l.currency, l.state, l.paid_on,
       l.shipped_on, l.valid_from, l.valid_to, l.comment
     from invoice_lines l ${openRequest}
     where l.invoice_id = any ($invoiceIds) and l.deleted_at is null and ${scope.sql}
       and ($standing::text is null or ${standingOf('$now::timestamptz')} = $standing)
     order by l.invoice_id desc, l.position`,
    { ...scope.bind, invoiceIds, standing, now: now.toISOString() },
  )
}

const toLine = (line: LineRow, facts: LineFacts): DeskLine => ({
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
  comment: line.comment,
  standing: facts.standing,
  request: facts.request,
  licences: facts.licences,
  acts: facts.acts,
  received: facts.received,
})
