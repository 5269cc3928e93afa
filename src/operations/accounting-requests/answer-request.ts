/** The accountants answer a request: confirm it line by line with their documents, or refuse it with a reason. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { isDay } from '../../domain/calendar.ts'
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import { accountingRequestStates } from '../../domain/states/accounting-request.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { AccessLink } from '../../models/access-link.ts'
import { AccountingRequestLine } from '../../models/accounting-request-line.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation, type Context } from '../operation.ts'
import { keepPapers, type ReceivedPaper } from './keep-papers.ts'

export type AnsweredLine = Readonly<{
  lineId: number
  taxDocumentKind: 'upd' | 'tax_invoice'
  taxDocumentNumber: string
  /** 'YYYY-MM-DD' */
  taxDocumentOn: string
  externalNumber?: string | null
  comment?: string | null
}>

export type Answer = Readonly<{
  requestId: number
  via: 'link' | 'office' | 'xlsx'
  /** One for each line of the request. */
  lines: readonly AnsweredLine[]
  /** Number of the request on the accountants' side («№ 1С»). */
  externalNumber?: string | null
  /** Received счета-фактуры: their bytes lie in the storage, each is named after the document it is. */
  papers?: readonly ReceivedPaper[]
}>

/**
 * Repeating the very same answer changes nothing; another answer is refused.
 * @throws DomainError `invalid` with fields `lines.N.*`, `request-answered`, `state-refuses`, `forbidden`
 */
export const answerRequest = operation('accounting-request.answer', async (context, answer: Answer) => {
  const request = await lockRequest(answer.requestId)
  const places = await AccountingRequestLine.findAll({ where: { requestId: request.id }, order: ['id'] })
  if (request.outcome === 'confirmed') {
    if (isSameAnswer(places, answer)) return request
    throw new DomainError('request-answered', { number: request.number })
  }
  authorise(context.actor, 'answer', request)
  refuseIncomplete(places, answer.lines)

  await confirm(request, answer, context)
  for (const place of places) {
    const line = answer.lines.find(({ lineId }) => lineId === place.lineId)
    if (line) await place.update({ ...trimmed(line), isOpen: false })
  }
  const lines = await InvoiceLine.findAll({
    where: { id: places.map(({ lineId }) => lineId) },
    order: ['id'],
    lock: true,
  })
  for (const line of lines)
    await line.update({ state: invoiceLineStates.next(line.state, 'ship'), shippedOn: request.shipmentOn })
  await keepPapers(context, request, answer.lines, answer.papers ?? [])
  await closeLinks(request, context.now)
  await tellAnswered(request, 'request-answered', context)
  return request
})

/** @throws DomainError `invalid` {reason}, `request-answered`, `forbidden` */
export const refuseRequest = operation(
  'accounting-request.refuse',
  async (context, input: { requestId: number; reason: string; via: 'link' | 'office' | 'xlsx' }) => {
    const request = await lockRequest(input.requestId)
    const reason = input.reason.trim()
    if (request.outcome === 'refused' && request.failureText === reason) return request
    if (request.outcome !== null) throw new DomainError('request-answered', { number: request.number })
    authorise(context.actor, 'refuse', request)
    if (reason === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    await arrive(request, context.now)
    await request.update({
      state: accountingRequestStates.next(request.state, 'refuse'),
      outcome: 'refused',
      failureCode: 'refused',
      failureText: reason,
      ...answeredBy(context, input.via),
    })
    await closeLinks(request, context.now)
    await tellAnswered(request, 'request-refused', context)
    return request
  },
)

async function tellAnswered(
  request: AccountingRequest,
  kind: 'request-answered' | 'request-refused',
  { actor, now }: Context,
): Promise<void> {
  await settleNotifications('accounting_requests', [request.id], now)
  await notify({
    kind,
    subjectId: request.id,
    occasion: request.version,
    officeId: request.officeId,
    authorId: request.createdBy,
    exceptId: actor.id,
    now,
  })
  await notifyDesk({ officeId: request.officeId, topic: 'counters' })
}

async function lockRequest(id: number): Promise<AccountingRequest> {
  const request = await AccountingRequest.findByPk(id, { lock: true })
  if (!request) throw new DomainError('not-found')
  return request
}

const answeredBy = ({ actor, now }: Context, via: Answer['via']) => ({
  answeredAt: now,
  answeredVia: via,
  answeredBy: actor.name,
})

// An accountant of the office may answer before the letter has left; it has reached its reader all the same.
async function arrive(request: AccountingRequest, now: Date): Promise<void> {
  if (request.state !== 'queued') return
  await request.update({ state: accountingRequestStates.next(request.state, 'send'), sentAt: now })
}

async function confirm(request: AccountingRequest, answer: Answer, context: Context): Promise<void> {
  await arrive(request, context.now)
  await request.update({
    state: accountingRequestStates.next(request.state, 'confirm'),
    outcome: 'confirmed',
    failureCode: null,
    failureText: null,
    externalNumber: answer.externalNumber?.trim() || null,
    ...answeredBy(context, answer.via),
  })
}

const trimmed = (line: AnsweredLine) => ({
  taxDocumentKind: line.taxDocumentKind,
  taxDocumentNumber: line.taxDocumentNumber.trim(),
  taxDocumentOn: line.taxDocumentOn,
  externalNumber: line.externalNumber?.trim() || null,
  comment: line.comment?.trim() || null,
})

function refuseIncomplete(places: readonly AccountingRequestLine[], lines: readonly AnsweredLine[]): void {
  const faults: Record<string, FieldFault> = {}
  lines.forEach((line, index) => {
    const at = (field: string) => `lines.${index}.${field}`
    if (!places.some(({ lineId }) => lineId === line.lineId)) faults[at('lineId')] = { code: 'line-foreign' }
    if (line.taxDocumentNumber.trim() === '') faults[at('taxDocumentNumber')] = { code: 'required' }
    if (!isDay(line.taxDocumentOn))
      faults[at('taxDocumentOn')] = { code: 'day-format', params: { value: line.taxDocumentOn } }
  })
  const answered = new Set(lines.map(({ lineId }) => lineId))
  const missing = places.filter(({ lineId }) => !answered.has(lineId)).length
  if (missing > 0 || answered.size < lines.length)
    faults['lines'] = { code: 'lines-unanswered', params: { count: missing } }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
}

function isSameAnswer(places: readonly AccountingRequestLine[], answer: Answer): boolean {
  return (
    answer.lines.length === places.length &&
    answer.lines.every((line) => {
      const place = places.find(({ lineId }) => lineId === line.lineId)
      const { comment: _comment, ...said } = trimmed(line)
      return place !== undefined && Object.entries(said).every(([name, value]) => place.get(name) === value)
    })
  )
}

// A personal link answers once: whoever answered, by whatever way, the link is spent.
async function closeLinks(request: AccountingRequest, now: Date): Promise<void> {
  await AccessLink.update(
    { usedAt: now },
    { where: { purpose: 'accounting_answer', subjectId: request.id, usedAt: null, revokedAt: null } },
  )
}
