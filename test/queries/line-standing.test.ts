import test from 'ava'
import { acknowledgeRequest } from '../../src/operations/accounting-requests/settle-request.ts'
import { refuseRequest } from '../../src/operations/accounting-requests/answer-request.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { lineFacts } from '../../src/queries/accounting/line-facts.ts'
import { whereStanding } from '../../src/queries/accounting/line-standing.ts'
import { organisationLines } from '../../src/queries/organisations/organisation-lines.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorFor, as, buildRequest, buildShippedInvoice, testNow } from '../_support/factories.ts'

await isolatedDatabase()

const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000)
const idsOf = (lines: readonly { id: number }[]) => lines.map(({ id }) => id).toSorted((a, b) => a - b)
const found = async (standing: string, now: Date) =>
  idsOf(await InvoiceLine.findAll({ where: whereStanding([standing], now) }))

test(
  'a line waits in accounting, then nobody answers; the list finds it under the standing its row shows',
  isolated(async (t) => {
    const { operator, lines } = await buildRequest()
    for (const [minutes, standing] of [
      [5, 'shipping_requested'],
      [16, 'unanswered'],
    ] as const) {
      const now = later(minutes)
      const facts = await lineFacts(operator, idsOf(lines), now)
      t.deepEqual([...new Set([...facts.values()].map((fact) => fact.standing))], [standing])
      t.deepEqual(await found(standing, now), idsOf(lines))
    }
    t.deepEqual(await found('shipping_requested', later(16)), [])
    t.deepEqual(await found('refused', later(16)), [])
  }),
)

test(
  'a refusal shows on each line until it is acknowledged; then the line is ready again',
  isolated(async (t) => {
    const { office, operator, organisation, request, lines } = await buildRequest()
    await refuseRequest(as(actorFor('accountant', office)), {
      requestId: request.id,
      reason: 'Нет договора',
      via: 'office',
    })
    t.deepEqual(await found('refused', testNow), idsOf(lines))
    const card = await organisationLines(operator, { organisationId: organisation.id, standing: 'refused' })
    t.deepEqual(idsOf(card.invoices.flatMap((invoice) => invoice.lines)), idsOf(lines))
    t.deepEqual(card.standings, { refused: lines.length })
    t.is(card.invoices[0]?.lines[0]?.request?.outcome, 'refused')

    await acknowledgeRequest(as(operator), { requestId: request.id })
    t.deepEqual(await found('refused', testNow), [])
    t.deepEqual(await found('paid', testNow), idsOf(lines))
    const nothing = await organisationLines(operator, {
      organisationId: organisation.id,
      standing: 'refused',
    })
    t.deepEqual(nothing.invoices, [])
  }),
)

test(
  'a shipped line tells the request that shipped it and the day of its invoice',
  isolated(async (t) => {
    const { operator, request, invoice, lines } = await buildShippedInvoice()
    const facts = await lineFacts(operator, idsOf(lines), testNow)
    for (const { standing, request: asked, invoiceIssuedOn } of facts.values()) {
      t.is(standing, 'shipped')
      t.like(asked, { id: request.id, number: request.number, state: 'done', outcome: 'confirmed' })
      t.is(invoiceIssuedOn, invoice.issuedOn)
    }
  }),
)
