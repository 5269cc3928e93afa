/** Requests nobody answers, by a clock of the test: a day of patience, then a failure that a person settles. */
import test from 'ava'
import { watchAccountingRequests } from '../../jobs/watch-accounting-requests.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { AccountingRequestLine } from '../../src/models/accounting-request-line.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { answerRequest, refuseRequest } from '../../src/operations/accounting-requests/answer-request.ts'
import { requestShipment } from '../../src/operations/accounting-requests/request-shipment.ts'
import {
  acknowledgeRequest,
  markRequestSent,
  retryRequest,
} from '../../src/operations/accounting-requests/settle-request.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { rows } from '../../src/queries/rows.ts'
import { later } from '../_support/clock.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorFor, as, buildRequest, testNow, type Requested } from '../_support/factories.ts'

await isolatedDatabase()

const watch = (now: Date) =>
  watchAccountingRequests.run({ now, period: null, signal: new AbortController().signal })

const confirm = ({ request, lines, office }: Requested, now: Date) =>
  answerRequest(as(actorFor('accountant', office), now), {
    requestId: request.id,
    via: 'office',
    lines: lines.map(({ id }) => ({
      lineId: id,
      taxDocumentKind: 'upd' as const,
      taxDocumentNumber: '778',
      taxDocumentOn: '2026-11-24',
    })),
  })

test.serial(
  'a request fails after 24 hours, not a second before, once and with a trace',
  isolated(async (t) => {
    const { request } = await buildRequest()
    t.deepEqual(await watch(later(testNow, { hours: 24 })), { timedOut: 0 })
    t.deepEqual(await watch(later(testNow, { hours: 24, seconds: 1 })), { timedOut: 1 })
    t.deepEqual(await watch(later(testNow, { hours: 25 })), { timedOut: 0 })
    await request.reload()
    t.deepEqual([request.state, request.outcome, request.failureCode], ['failed', 'timed_out', 'timed-out'])
    t.like(
      (
        await rows<{ changes: object }>(
          `select changes, actor_kind from audit_events where operation = 'accounting-request.time-out'`,
        )
      )[0],
      { actor_kind: 'system', changes: { state: { before: 'sent', after: 'failed' } } } as never,
    )
  }),
)

test.serial('an answer in the second of the time-out wins or loses, never both', async (t) => {
  const late = later(testNow, { hours: 24, seconds: 1 })
  for (let round = 0; round < 8; round += 1) {
    const requested = await buildRequest()
    const [answered] = await Promise.allSettled([confirm(requested, late), watch(late)])
    const request = await AccountingRequest.findByPk(requested.request.id, { rejectOnEmpty: true })
    const lines = await InvoiceLine.findAll({ where: { id: requested.lines.map(({ id }) => id) } })
    const won = answered.status === 'fulfilled'
    t.deepEqual([request.state, request.outcome], won ? ['done', 'confirmed'] : ['failed', 'timed_out'])
    t.true(lines.every(({ state }) => state === (won ? 'shipped' : 'shipping_requested')))
  }
})

test.serial(
  'an acknowledged refusal frees the lines for another request',
  isolated(async (t) => {
    const { request, lines, office, operator } = await buildRequest()
    const lineIds = lines.map(({ id }) => id)
    const reason = 'Не оплачен счёт'
    await refuseRequest(as(actorFor('accountant', office)), { requestId: request.id, reason, via: 'office' })
    t.is((await requestShipment(as(operator), { lineIds })).created, 0, 'not before «Подтвердить»')
    await acknowledgeRequest(as(operator), { requestId: request.id })
    t.is(await AccountingRequestLine.count({ where: { lineId: lineIds, isOpen: true } }), 0)
    const again = await requestShipment(as(operator), { lineIds })
    t.is(again.created, 1)
    t.not(again.requests[0]?.id, request.id)
  }),
)

test.serial(
  '«Повторить» sends a timed-out request once more, however often it is pressed',
  isolated(async (t) => {
    const { request, operator } = await buildRequest()
    await watch(later(testNow, { days: 2 }))
    await retryRequest(as(operator), { requestId: request.id })
    await t.throwsAsync(retryRequest(as(operator), { requestId: request.id }), { code: 'forbidden' } as never)
    const messages = () =>
      rows(`select from outbox where topic = 'accounting.send'
        and (payload->>'requestId')::bigint = ${request.id}`)
    t.is((await messages()).length, 2, 'the first sending and one more')
    const sent = await markRequestSent(as(systemActor('test'), later(testNow, { days: 2 })), {
      requestId: request.id,
      sentTo: 'buh@certdesk.example',
    })
    t.is(sent.state, 'sent')
  }),
)
