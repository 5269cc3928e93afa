/** The lines of a request to accounting with what was answered and the papers each has by now. */
import type { RequestLine, RequestLines } from '../../../admin/desk-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { lineFacts } from './line-facts.ts'
import { row, rows } from '../rows.ts'
import { visible } from '../visible.ts'

type LineRow = Omit<RequestLine, 'received' | 'licences' | 'acts'>

/** @throws DomainError `not-found` for a request that does not exist for this actor, `forbidden` */
export async function requestLines(
  actor: Actor,
  { requestId }: { requestId: number },
): Promise<RequestLines> {
  authorise(actor, 'show', AccountingRequest)
  const scope = visible(actor, AccountingRequest, 'r')
  const known = await row(`select r.id from accounting_requests r where r.id = $requestId and ${scope.sql}`, {
    ...scope.bind,
    requestId,
  })
  if (!known) throw new DomainError('not-found')
  const lines = await rows<LineRow>(
    `select l.id as "lineId", l.name, l.quantity, l.unit, l.total_minor as "totalMinor", l.currency,
       p.tax_document_kind as "taxDocumentKind", p.tax_document_number as "taxDocumentNumber",
       p.tax_document_on as "taxDocumentOn", p.external_number as "externalNumber", p.comment
     from accounting_request_lines p join invoice_lines l on l.id = p.line_id
     where p.request_id = $requestId order by l.invoice_id, l.position`,
    { requestId },
  )
  const facts = await lineFacts(
    actor,
    lines.map(({ lineId }) => lineId),
    new Date(),
  )
  return {
    lines: lines.map((line) => {
      const known = facts.get(line.lineId)
      return {
        ...line,
        received: known?.received ?? [],
        licences: known?.licences ?? [],
        acts: known?.acts ?? [],
      }
    }),
  }
}
