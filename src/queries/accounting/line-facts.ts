/** What other tables tell about lines: the request each is or was in, its standing, its papers, its invoice. */
import type { DeskDocument, LineRequest } from '../../../admin/desk-types.ts'
import { Document } from '../../models/document.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { fileOf, screenOf } from '../screen-of.ts'
import { visible } from '../visible.ts'
import { openRequest, standingOf } from './line-standing.ts'

export type LineFacts = {
  standing: string
  request: LineRequest | null
  invoiceIssuedOn: string | null
  licences: DeskDocument[]
  acts: DeskDocument[]
  /** Received УПД and счета-фактуры («Файлы 1С»). */
  received: DeskDocument[]
}

type FactRow = {
  id: number
  standing: string
  issued_on: string | null
  request_id: number | null
  request_number: string
  request_state: string
  request_outcome: string | null
  request_shipment_on: string
  request_at: Date
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
  issued_by: string | null
}

/** By the key of the line. @param lineIds lines this actor may see, which is the caller's duty */
export async function lineFacts(
  actor: Actor,
  lineIds: readonly number[],
  now: Date,
): Promise<Map<number, LineFacts>> {
  if (lineIds.length === 0) return new Map()
  const [found, documents] = await Promise.all([
    rows<FactRow>(
      `select l.id, ${standingOf('$now::timestamptz')} as standing, i.issued_on, q.id as request_id,
         q.number as request_number, q.state as request_state, q.outcome as request_outcome,
         q.shipment_on as request_shipment_on,
         case when q.state in ('queued', 'sent') then coalesce(q.sent_at, q.created_at)
           else coalesce(q.answered_at, q.updated_at) end as request_at
       from invoice_lines l join invoices i on i.id = l.invoice_id
       ${openRequest}
       left join lateral
         (select request_id from accounting_request_lines where line_id = l.id order by id desc limit 1) last on true
       left join accounting_requests q on q.id = last.request_id
       where l.id = any ($lineIds)`,
      { lineIds: [...lineIds], now: now.toISOString() },
    ),
    documentsOf(actor, lineIds),
  ])
  return new Map(
    found.map((fact) => {
      const ofKinds = (...kinds: string[]) =>
        documents
          .filter(({ line_id: lineId, kind }) => lineId === fact.id && kinds.includes(kind))
          .map(toDocument)
      return [
        fact.id,
        {
          standing: fact.standing,
          request: requestOf(fact),
          invoiceIssuedOn: fact.issued_on,
          licences: ofKinds('licence'),
          acts: ofKinds('act'),
          received: ofKinds('upd', 'tax_invoice'),
        },
      ]
    }),
  )
}

const requestOf = (fact: FactRow): LineRequest | null =>
  fact.request_id === null
    ? null
    : {
        id: fact.request_id,
        number: fact.request_number,
        state: fact.request_state,
        outcome: fact.request_outcome,
        shipmentOn: fact.request_shipment_on,
        at: fact.request_at.toISOString(),
      }

/** Documents in force that cover the lines, as far as the actor may list them. */
async function documentsOf(actor: Actor, lineIds: readonly number[]): Promise<DocumentRow[]> {
  if (!can(actor, 'list', Document)) return []
  const scope = visible(actor, Document, 'd')
  return rows<DocumentRow>(
    `select dl.line_id, d.id, d.kind, d.number, d.issued_on, d.state, d.seen_at, d.file_id is not null as has_file,
       nullif(concat_ws(' ', u.name, u.surname), '') as issued_by
     from document_lines dl join documents d on d.id = dl.document_id left join users u on u.id = d.created_by
     where dl.line_id = any ($lineIds) and dl.is_active and d.state <> 'cancelled' and ${scope.sql}
     order by d.id`,
    { ...scope.bind, lineIds: [...lineIds] },
  )
}

const toDocument = (document: DocumentRow): DeskDocument => ({
  id: document.id,
  kind: document.kind,
  number: document.number,
  issuedOn: document.issued_on,
  issuedBy: document.issued_by,
  state: document.state,
  href: document.has_file ? fileOf('document', document.id) : screenOf('documents', document.id),
  hasFile: document.has_file,
  seenAt: document.seen_at?.toISOString() ?? null,
})
