/** What happens to a request apart from its answer: it is delivered, fails, is repeated, times out, is acknowledged. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { accountingRequestStates } from '../../domain/states/accounting-request.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { AccountingRequestLine } from '../../models/accounting-request-line.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { authorise } from '../../policies/define-policy.ts'
import type { NotificationKind } from '../../queries/notifications/kinds.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { recordEvents } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'

async function lock(requestId: number): Promise<AccountingRequest> {
  const request = await AccountingRequest.findByPk(requestId, { lock: true })
  if (!request) throw new DomainError('not-found')
  return request
}

const tell = (request: AccountingRequest, kind: NotificationKind, now: Date) =>
  notify({
    kind,
    subjectId: request.id,
    occasion: request.version,
    officeId: request.officeId,
    authorId: request.createdBy,
    now,
  })

const tellDesk = (request: AccountingRequest) => notifyDesk({ officeId: request.officeId, topic: 'counters' })

/** The channel accepted the request; a request that was answered meanwhile stays answered. */
export const markRequestSent = operation(
  'accounting-request.send',
  async ({ actor, now }, { requestId, sentTo }: { requestId: number; sentTo: string }) => {
    const request = await lock(requestId)
    authorise(actor, 'send', request)
    if (!accountingRequestStates.can(request.state, 'send')) return request
    await request.update({
      state: accountingRequestStates.next(request.state, 'send'),
      attempts: request.attempts + 1,
      nextTryAt: null,
      sentAt: now,
      sentTo,
    })
    await tell(request, 'request-to-answer', now)
    await tellDesk(request)
    return request
  },
)

/** A try to hand the request over failed; the next one is known. */
export const markRequestDelayed = operation(
  'accounting-request.delay',
  async (
    { actor },
    input: { requestId: number; nextTryAt: Date | null; failureCode: string; failureText: string | null },
  ) => {
    const request = await lock(input.requestId)
    authorise(actor, 'send', request)
    if (request.state !== 'queued') return request
    await request.update({
      attempts: request.attempts + 1,
      nextTryAt: input.nextTryAt,
      failureCode: input.failureCode,
      failureText: input.failureText,
    })
    return request
  },
)

/** No try is left: the staff decide between repeating and giving up. */
export const failRequest = operation(
  'accounting-request.fail',
  async ({ actor, now }, input: { requestId: number; failureCode: string; failureText: string | null }) => {
    const request = await lock(input.requestId)
    authorise(actor, 'send', request)
    if (!accountingRequestStates.can(request.state, 'fail')) return request
    await request.update({
      state: accountingRequestStates.next(request.state, 'fail'),
      outcome: 'undelivered',
      nextTryAt: null,
      failureCode: input.failureCode,
      failureText: input.failureText,
    })
    await tell(request, 'request-undelivered', now)
    await tellDesk(request)
    return request
  },
)

type Late = { id: number; officeId: number; organisationId: number; createdBy: number | null }

/**
 * Times out the requests sent before an instant, the oldest first, at most `limit` at once; how many there were. A late
 * answer is refused: its link is revoked. A request that is being answered in this very moment is left to its answer.
 */
export const timeOutRequests = operation(
  'accounting-request.time-out',
  async ({ actor, now }, { sentBefore, limit }: { sentBefore: Date; limit: number }) => {
    authorise(actor, 'send', AccountingRequest)
    const late = await sequelize.query<Late>(
      `with late as (
         select id from accounting_requests where state = any ($1) and sent_at < $2
         order by sent_at limit $3 for update skip locked
       ), revoked as (
         update access_links set revoked_at = $4 from late
         where purpose = 'accounting_answer' and subject_id = late.id and used_at is null and revoked_at is null
       )
       update accounting_requests r
       set state = $5, outcome = 'timed_out', failure_code = 'timed-out', failure_text = null,
         version = r.version + 1, updated_by = null, updated_at = $4
       from late where r.id = late.id
       returning r.id, r.office_id as "officeId", r.organisation_id as "organisationId", r.created_by as "createdBy"`,
      {
        type: QueryTypes.SELECT,
        bind: [
          accountingRequestStates.statesWhere('time_out'),
          sentBefore,
          limit,
          now,
          accountingRequestStates.next('sent', 'time_out'),
        ],
      },
    )
    await recordEvents('accounting_requests', late, {
      state: { before: 'sent', after: 'failed' },
      outcome: { before: null, after: 'timed_out' },
      failureCode: { before: null, after: 'timed-out' },
    })
    await tellOfLate(late, now)
    for (const officeId of new Set(late.map((row) => row.officeId)))
      await notifyDesk({ officeId, topic: 'counters' })
    return late.length
  },
)

/** A thousand late requests are one piece of news for each person, not a thousand. */
async function tellOfLate(late: readonly Late[], now: Date): Promise<void> {
  const groups = new Map<string, Late[]>()
  for (const row of late) {
    const key = `${row.officeId} ${row.createdBy}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    await notify({
      kind: 'requests-timed-out',
      subjectId: first.id,
      occasion: now.toISOString(),
      officeId: first.officeId,
      authorId: first.createdBy,
      params: { count: group.length },
      now,
    })
  }
}

/** «Повторить»: the same request goes out again, with a new link; the old one is dead. */
export const retryRequest = operation(
  'accounting-request.retry',
  async ({ actor, now }, { requestId }: { requestId: number }) => {
    const request = await lock(requestId)
    authorise(actor, 'retry', request)
    await request.update({
      state: accountingRequestStates.next(request.state, 'retry'),
      outcome: null,
      failureCode: null,
      failureText: null,
      answeredAt: null,
      answeredVia: null,
      answeredBy: null,
    })
    await enqueue(
      'accounting.send',
      { key: `request-${request.id}-version-${request.version}`, requestId: request.id },
      { officeId: request.officeId },
    )
    await settleNotifications('accounting_requests', [request.id], now)
    await tellDesk(request)
    return request
  },
)

/** «Подтвердить» (S3-16): the operator has seen the result. After a refusal the lines may be requested anew. */
export const acknowledgeRequest = operation(
  'accounting-request.acknowledge',
  async ({ actor, now }, { requestId }: { requestId: number }) => {
    const request = await lock(requestId)
    authorise(actor, 'acknowledge', request)
    const isRefused = request.state === 'failed'
    await request.update({
      state: accountingRequestStates.next(request.state, 'acknowledge'),
      acknowledgedAt: now,
      acknowledgedBy: actor.id,
    })
    if (isRefused) await releaseLines(request.id)
    await settleNotifications('accounting_requests', [request.id], now)
    await tellDesk(request)
    return request
  },
)

async function releaseLines(requestId: number): Promise<void> {
  const places = await AccountingRequestLine.findAll({ where: { requestId, isOpen: true } })
  for (const place of places) await place.update({ isOpen: false })
  const lines = await InvoiceLine.findAll({
    where: { id: places.map(({ lineId }) => lineId) },
    order: ['id'],
    lock: true,
  })
  for (const line of lines) await line.update({ state: invoiceLineStates.next(line.state, 'refuse') })
}
