import test from 'ava'
import type { Actor } from '../../src/policies/actor.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { acknowledgeRequest } from '../../src/operations/accounting-requests/settle-request.ts'
import { recordHistory } from '../../src/queries/history/record-history.ts'
import { home } from '../../src/queries/home/home.ts'
import { jobsConsole } from '../../src/queries/jobs/jobs-console.ts'
import { organisationCard } from '../../src/queries/organisations/organisation-card.ts'
import { organisationLines } from '../../src/queries/organisations/organisation-lines.ts'
import { counters } from '../../src/queries/queue/counters.ts'
import { myQueue } from '../../src/queries/queue/my-queue.ts'
import { sources } from '../../src/queries/queue/sources.ts'
import { myWork } from '../../src/queries/work/my-work.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import {
  actorFor,
  actorOf,
  as,
  buildContract,
  buildEmployee,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildReadyDocuments,
  buildRequest,
  buildShippedInvoice,
  buildUser,
  testNow,
} from '../_support/factories.ts'

await isolatedDatabase()

const kindsOf = async (actor: Actor, now = testNow) =>
  (await myQueue(actor, { now })).items.map(({ kind }) => kind)

test(
  'each side sees its own move: the request waits for the accountant, its answer for the operator',
  isolated(async (t) => {
    const asked = await buildRequest()
    const accountant = actorFor('accountant', asked.office)
    t.deepEqual(await kindsOf(accountant), ['request-to-answer'])
    t.deepEqual(await kindsOf(asked.operator), [])
    const late = new Date(testNow.getTime() + 16 * 60_000)
    t.deepEqual(await kindsOf(asked.operator, late), ['request-late'])

    const answered = await buildShippedInvoice({ office: asked.office })
    const { items } = await myQueue(answered.operator, { now: testNow })
    t.deepEqual(
      items.map(({ kind }) => kind),
      ['request-answered', 'lines-without-act'],
    )
    t.deepEqual(items[0]?.action, {
      resourceId: 'accounting-requests',
      recordId: answered.request.id,
      name: 'acknowledge',
    })
    t.is(items[0]?.organisation?.id, answered.organisation.id)
    t.is(items[0]?.params['number'], answered.request.number)
    await acknowledgeRequest(as(answered.operator), { requestId: answered.request.id })
    t.deepEqual(await kindsOf(answered.operator), ['lines-without-act'])
  }),
)

test(
  'paid lines, ready acts, contracts about to end and overdue invoices wait, summed up by organisation',
  isolated(async (t) => {
    const { office, organisation, operator, lines } = await buildPaidInvoice()
    await buildContract({ organisation, number: 'Ж-1', signedOn: '2026-01-01', validTo: '2026-11-30' })
    await buildContract({ organisation, number: 'Ж-2', signedOn: '2026-01-01', validTo: '2026-12-01' })
    await buildReadyDocuments({ office })
    const queue = await myQueue(operator, { now: testNow })
    t.deepEqual(
      queue.items.map(({ kind }) => kind),
      ['request-answered', 'acts-to-publish', 'lines-to-ship', 'contract-expires'],
    )
    t.is(queue.total, 4)
    t.deepEqual(queue.items[2]?.params['count'], lines.length)
    t.is(queue.items[3]?.params['number'], 'Ж-1')
    t.deepEqual(
      await myQueue(operator, { kind: 'contract-expires', now: testNow }).then(({ items }) => items.length),
      1,
    )
    const second = await myQueue(operator, { page: 2, perPage: 3, now: testNow })
    t.deepEqual(
      second.items.map(({ kind }) => kind),
      ['contract-expires'],
    )
    t.false(second.hasMore)
  }),
)

test(
  'the queue, counters, home and work of another office hold nothing of this one',
  isolated(async (t) => {
    const sold = await buildReadyDocuments()
    await buildPaidInvoice({ office: sold.office })
    await buildRequest({ office: sold.office })
    const far = new Date('2027-06-01T10:00:00Z')
    const other = await buildOffice({ name: 'ООО «Чужие»' })
    for (const role of ['operator', 'accountant'] as const) {
      const stranger = actorFor(role, other)
      t.deepEqual((await myQueue(stranger, { now: far })).items, [])
      t.deepEqual(await counters(stranger), { navigation: {} })
      const page = await home(stranger)
      t.true(page.stats.every(({ value, days }) => value === 0 && days.every((day) => day.value === 0)))
      t.deepEqual(page.recent, [])
      t.deepEqual(await myWork(stranger), [])
    }
    t.true((await myQueue(sold.operator, { now: far })).items.length > 0)
    t.true(((await counters(sold.operator)).navigation['queue']?.count ?? 0) > 0)
    for (const role of ['administrator', 'support', 'operator', 'accountant'] as const) {
      for (const { kind } of sources)
        await myQueue(actorFor(role, role === 'administrator' || role === 'support' ? null : sold.office), {
          kind,
          now: far,
        })
    }
    t.pass('every source is valid SQL for every role')
  }),
)

test(
  'the card shows codes, contracts, counts, debt and messages, and not to another office',
  isolated(async (t) => {
    const sold = await buildShippedInvoice()
    const { organisation, operator } = sold
    await buildEmployee({ organisation })
    const card = await organisationCard(operator, { organisationId: organisation.id })
    t.is(card.name, organisation.name)
    t.deepEqual(
      card.codes.map(({ label }) => label),
      ['inn', 'kpp', 'ogrn'],
    )
    t.deepEqual(
      card.contracts.map(({ id }) => id),
      [sold.contract.id],
    )
    t.deepEqual(
      { ...card.tabs, documents: 0 },
      { lines: 2, contracts: 1, employees: 1, files: 0, documents: 0, threads: 0 },
    )
    t.is(card.messages.length, 1)
    t.is(card.messages[0]?.outcome, 'confirmed')
    t.is(card.messages[0]?.taxDocuments.length, 2)
    t.true(card.messages[0]?.may.acknowledge)
    t.true(card.may['edit'])
    t.true(card.history.length > 0)
    t.is(
      (await organisationCard(actorFor('accountant', sold.office), { organisationId: organisation.id })).tabs
        .employees,
      0,
    )

    const stranger = actorFor('operator', await buildOffice())
    await t.throwsAsync(organisationCard(stranger, { organisationId: organisation.id }), {
      message: 'not-found',
    })
    await t.throwsAsync(organisationLines(stranger, { organisationId: organisation.id }), {
      message: 'not-found',
    })
  }),
)

test(
  'lines stand under their invoice with request, act and licence',
  isolated(async (t) => {
    const sold = await buildReadyDocuments()
    const { organisation, operator, contract } = sold
    const { invoices, hasMore } = await organisationLines(operator, { organisationId: organisation.id })
    t.false(hasMore)
    t.deepEqual(
      invoices.map(({ number }) => number),
      [sold.invoice.number],
    )
    const lines = invoices[0]?.lines ?? []
    t.deepEqual(
      lines.map(({ state, request }) => [state, request?.number]),
      [
        ['acted', sold.request.number],
        ['acted', sold.request.number],
      ],
    )
    t.true(lines.every(({ acts }) => acts.length === 1))
    t.is(lines.find(({ kind }) => kind === 'licence')?.licences.length, 1)
    const ofContract = (contractId: number) =>
      organisationLines(operator, { organisationId: organisation.id, contractId })
    t.is((await ofContract(contract.id)).invoices.length, 1)
    t.is((await ofContract(contract.id + 1000)).invoices.length, 0)
  }),
)

test(
  'history tells who did what, and neither a stranger nor a role without the right hears it',
  isolated(async (t) => {
    const { invoice, office, operator, organisation } = await buildPaidInvoice()
    const { entries, provenance } = await recordHistory(operator, {
      resourceId: 'invoices',
      recordId: invoice.id,
    })
    t.deepEqual(
      entries.map(({ operation }) => operation),
      ['invoice.pay', 'invoice.issue', 'invoice.create'],
    )
    t.is(entries[0]?.actor, operator.name)
    t.true(entries[0]?.changes.some(({ property, after }) => property === 'state' && after === 'paid'))
    t.truthy(provenance.created?.at)
    const older = await recordHistory(operator, {
      resourceId: 'invoices',
      recordId: invoice.id,
      before: entries[1]?.id,
    })
    t.deepEqual(
      older.entries.map(({ operation }) => operation),
      ['invoice.create'],
    )

    const question = { resourceId: 'invoices', recordId: invoice.id }
    await t.throwsAsync(recordHistory(actorFor('operator', await buildOffice()), question), {
      message: 'not-found',
    })
    const employee = await buildEmployee({ organisation })
    const asAccountant = recordHistory(actorFor('accountant', office), {
      resourceId: 'employees',
      recordId: employee.id,
    })
    await t.throwsAsync(asAccountant, { message: 'forbidden' })
    await t.throwsAsync(recordHistory(operator, { resourceId: 'sessions', recordId: 1 }), {
      message: 'not-found',
    })
  }),
)

test(
  'home remembers what was opened last, only as far as it is still visible',
  isolated(async (t) => {
    const user = await buildUser()
    const own = await buildOrganisation({ office: { id: user.officeId } as never })
    const foreign = await buildOrganisation()
    await sequelize.query(`update users set preferences = $1::jsonb where id = $2`, {
      bind: [JSON.stringify({ recent: [foreign.id, own.id] }), user.id],
    })
    const { recent, stats } = await home(actorOf(user))
    t.deepEqual(
      recent.map(({ id, taxIdLabel }) => [id, taxIdLabel]),
      [[own.id, 'inn']],
    )
    t.deepEqual(
      stats.map(({ key, days }) => [key, days.length]),
      [
        ['shipped', 14],
        ['answer_minutes', 14],
        ['documents', 14],
        ['overdue_invoices', 14],
      ],
    )
  }),
)

test(
  'work shows a batch of documents to whoever started it and to nobody else',
  isolated(async (t) => {
    const sold = await buildReadyDocuments()
    const mine = (await myWork(sold.operator)).find(({ kind }) => kind === 'documents')
    t.is(mine?.total, sold.documents.length)
    t.deepEqual(await myWork(actorFor('operator', sold.office)), [])
  }),
)

test(
  'the console of jobs is for administrators and support, and names what a failure is about',
  isolated(async (t) => {
    const { office, request } = await buildRequest({ state: 'queued' })
    await sequelize.query(
      `update outbox set state = 'dead', error_code = 'connection-refused', attempts = 15`,
    )
    for (const role of ['administrator', 'support'] as const) {
      const { failures, queues } = await jobsConsole(actorFor(role, null))
      t.like(failures[0], {
        code: 'connection-refused',
        canRetry: true,
        state: 'dead',
        subject: { label: request.number },
      })
      t.like(
        queues.find(({ topic }) => topic === 'accounting.send'),
        { dead: 1, waiting: 0 },
      )
    }
    for (const role of ['operator', 'accountant'] as const)
      await t.throwsAsync(jobsConsole(actorFor(role, office)), { message: 'forbidden' })
  }),
)
