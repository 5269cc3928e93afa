/** What clients do in the cabinet: pay, read papers, decide about their people, ask for changes and services. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import test from 'ava'
import type { CabinetInvoice, CabinetPeople } from '../../admin/cabinet-types.ts'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { ChangeRequest } from '../../src/models/change-request.ts'
import { Document } from '../../src/models/document.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Membership } from '../../src/models/membership.ts'
import { OrderRequest } from '../../src/models/order-request.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { acceptChanges, refuseChanges } from '../../src/operations/change-requests/decide-changes.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { departMembership } from '../../src/operations/memberships/decide-membership.ts'
import { invoiceOrders } from '../../src/operations/orders/settle-orders.ts'
import { organisationKeeping } from '../../src/operations/organisations/keep-organisations.ts'
import { fileStore } from '../../src/storage/files.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorOf,
  as,
  buildClient,
  buildDraftInvoice,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildProduct,
  buildReadyDocuments,
  buildUser,
  buildVatRates,
  built,
} from '../_support/factories.ts'
import { startBackOffice } from './_server.ts'

await isolatedDatabase()
const { signIn } = startBackOffice()

test.before(buildVatRates)

/** An operator of the office with an account: decisions name who made them. */
const operatorOf = async (office: Organisation) => actorOf(await buildUser({ office }))
const officeOf = ({ officeId }: Organisation) => Organisation.findByPk(officeId, { rejectOnEmpty: true })

const api = (resource: string, id: number, action: string) =>
  `/cabinet/api/resources/${resource}/records/${id}/${action}`

test('an invoice shows its lines before they are paid and how to pay it, to its payer alone', async (t) => {
  const sale = await buildIssuedInvoice()
  const { user } = await buildClient({ organisation: sale.organisation, role: 'employee' })
  const visitor = await signIn(user.email, 'client')
  const path = `/cabinet/desk/invoices/${sale.invoice.id}`
  const shown = (await visitor.get(path)).body as unknown as CabinetInvoice
  t.is(shown.lines.length, 2)
  t.is(shown.restMinor, sale.invoice.totalMinor)
  t.true(shown.payment?.hasQr)
  const code = await visitor.get(`${path}/payment.svg`)
  t.regex(code.headers.get('content-type') ?? '', /svg/)
  t.regex(code.text, /^<svg /)

  const draft = await buildDraftInvoice({ office: sale.office, organisation: sale.organisation })
  const foreign = await buildIssuedInvoice({ office: sale.office })
  for (const { invoice } of [draft, foreign])
    for (const asked of ['', '/payment.svg'])
      t.is((await visitor.get(`/cabinet/desk/invoices/${invoice.id}${asked}`)).status, 404)
})

test('a paid invoice offers nothing to pay', async (t) => {
  const sale = await buildPaidInvoice()
  const { user } = await buildClient({ organisation: sale.organisation })
  const visitor = await signIn(user.email, 'client')
  const shown = (await visitor.get(`/cabinet/desk/invoices/${sale.invoice.id}`))
    .body as unknown as CabinetInvoice
  t.is(shown.restMinor, 0)
  t.is(shown.payment, null)
  t.is((await visitor.get(`/cabinet/desk/invoices/${sale.invoice.id}/payment.svg`)).status, 404)
})

/** The bytes of a document, where the store looks for them. */
async function lay(document: Document): Promise<void> {
  const file = await StoredFile.findByPk(document.fileId ?? '', { rejectOnEmpty: true })
  const path = fileStore().pathOf(file.storageKey)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '%PDF-1.4 %%EOF')
}

test('the first reading of a paper is kept, once; a stranger reads and marks nothing', async (t) => {
  const sale = await buildReadyDocuments()
  const [paper] = sale.documents
  if (!paper) throw new Error('there is a paper')
  await lay(paper)
  const { user } = await buildClient({ organisation: sale.organisation })
  const other = await buildClient({ organisation: await buildOrganisation({ office: sale.office }) })
  const visitor = await signIn(user.email, 'client')
  const stranger = await signIn(other.user.email, 'client')
  const path = `/cabinet/files/document/${paper.id}`

  t.is((await visitor.get(path)).status, 404, 'nothing before it is published')
  await publishDocuments(as(sale.operator), { documentIds: sale.documents.map(({ id }) => id) })
  t.is((await stranger.get(path)).status, 404)
  t.is((await stranger.get(`/cabinet/print?ids=${paper.id}`)).status, 404)
  await paper.reload()
  t.is(paper.seenAt, null)

  t.is((await visitor.get(path)).status, 200)
  await paper.reload()
  const seenAt = paper.seenAt
  t.truthy(seenAt)
  t.is((await visitor.get(path)).status, 200)
  await paper.reload()
  t.deepEqual(paper.seenAt, seenAt)
  const events = await AuditEvent.findAll({
    where: { operation: 'document.see', subjectType: 'documents', subjectId: paper.id },
  })
  t.deepEqual(
    events.map(({ actorId }) => actorId),
    [user.id],
  )
})

test('a head lets a newcomer in and closes access at once; an employee decides about nobody', async (t) => {
  const sale = await buildIssuedInvoice()
  const { organisation } = sale
  const head = await buildClient({ organisation })
  const employee = await buildClient({ organisation, role: 'employee' })
  const newcomer = await buildClient({ organisation, role: 'employee', state: 'pending' })
  const chief = await signIn(head.user.email, 'client')
  const colleague = await signIn(employee.user.email, 'client')
  const person = await signIn(newcomer.user.email, 'client')
  const list = '/cabinet/api/resources/invoices/actions/list'

  const { people } = (await chief.get('/cabinet/desk/people')).body as unknown as CabinetPeople
  t.deepEqual(people.find(({ state }) => state === 'pending')?.may, ['accept', 'refuse'])
  t.is((await colleague.get('/cabinet/desk/people')).status, 403)
  const asked = await colleague.post(api('memberships', newcomer.membership.id, 'accept'))
  t.is(asked.body.notice?.type, 'error')

  t.falsy((await person.get(list)).body.records?.length)
  await chief.post(api('memberships', newcomer.membership.id, 'accept'))
  t.is((await person.get(list)).body.records?.length, 1)
  const bare = await chief.post(api('memberships', newcomer.membership.id, 'block'))
  t.is(bare.body.notice?.type, 'error', 'closing access wants a reason')
  await chief.post(api('memberships', newcomer.membership.id, 'block'), { reason: 'Уволена' })
  t.falsy((await person.get(list)).body.records?.length)
})

test('no head decides about people of another organisation, and the last head stays', async (t) => {
  const ours = await buildOrganisation()
  const theirs = await buildOrganisation()
  const head = await buildClient({ organisation: ours })
  const foreign = await buildClient({ organisation: theirs, role: 'employee', state: 'pending' })
  const chief = await signIn(head.user.email, 'client')
  const answer = await chief.post(api('memberships', foreign.membership.id, 'accept'))
  t.is(answer.body.notice?.message, 'errors.not-found')
  await foreign.membership.reload()
  t.is(foreign.membership.state, 'pending')

  const own = await operatorOf(await officeOf(ours))
  await t.throwsAsync(() => departMembership(as(own), { membershipId: head.membership.id }), {
    message: 'last-head',
  })
  await buildClient({ organisation: ours })
  await t.notThrowsAsync(() => departMembership(as(own), { membershipId: head.membership.id }))
})

test('two heads who remove each other at once leave one', async (t) => {
  const organisation = await buildOrganisation()
  const [a, b] = [await buildClient({ organisation }), await buildClient({ organisation })]
  const settled = await Promise.allSettled([
    departMembership(as(a.actor), { membershipId: b.membership.id }),
    departMembership(as(b.actor), { membershipId: a.membership.id }),
  ])
  t.is(settled.filter(({ status }) => status === 'fulfilled').length, 1)
  t.is(await Membership.count({ where: { organisationId: organisation.id, state: 'active' } }), 1)
})

test('what a head writes into the requisites is a request, checked at the field, one at a time', async (t) => {
  const organisation = await buildOrganisation()
  const head = await buildClient({ organisation })
  const visitor = await signIn(head.user.email, 'client')
  const edit = api('organisations', organisation.id, 'edit')
  const version = organisation.version

  const wrong = await visitor.post(edit, { version, kpp: '12' })
  t.is(wrong.body.record?.errors['kpp']?.message, 'errors.kpp-format')
  t.is((await visitor.post(edit, { version })).body.notice?.message, 'errors.nothing-changed')
  const sent = await visitor.post(edit, { version, phone: '8 812 555-01-77', reason: 'Переезд' })
  t.is(sent.body.notice?.message, 'cabinet.changes.sent')
  await organisation.reload()
  t.is(organisation.phone, '+74951234567')
  const request = await ChangeRequest.findOne({ where: { organisationId: organisation.id } })
  t.deepEqual(request?.changes, { phone: { before: '+74951234567', after: '+78125550177' } })
  t.is(request?.reason, 'Переезд')
  const second = await visitor.post(edit, { version, email: 'new@polus.example' })
  t.is(second.body.notice?.message, 'errors.change-request-open')
  t.is(await ChangeRequest.count({ where: { organisationId: organisation.id } }), 1)
})

test('no column beyond those of the form, no other organisation and no employee gets into a request', async (t) => {
  const organisation = await buildOrganisation()
  const head = await buildClient({ organisation })
  const employee = await buildClient({ organisation, role: 'employee' })
  const other = await buildOrganisation({ office: await buildOffice() })
  const visitor = await signIn(head.user.email, 'client')
  const colleague = await signIn(employee.user.email, 'client')
  const wish = { version: 0, phone: '+78125550177' }
  const sneaky = await visitor.post(api('organisations', organisation.id, 'edit'), {
    ...wish,
    comment: 'взлом',
    state: 'blocked',
    officeId: other.id,
  })
  t.is(sneaky.body.notice?.type, 'success')
  const [request] = await ChangeRequest.findAll({ where: { organisationId: organisation.id } })
  t.deepEqual(Object.keys(request?.changes ?? {}), ['phone'])
  const foreign = await visitor.post(api('organisations', other.id, 'edit'), wish)
  t.is(foreign.body.notice?.message, 'errors.not-found')
  const byEmployee = await colleague.post(api('organisations', organisation.id, 'edit'), wish)
  t.is(byEmployee.body.notice?.message, 'errors.forbidden')
  t.is(await ChangeRequest.count({ where: { organisationId: other.id } }), 0)
})

test('an accepted request is written by the edit of the organisation; a stale one is not', async (t) => {
  const organisation = await buildOrganisation()
  const operator = await operatorOf(await officeOf(organisation))
  const ask = (after: string) =>
    built(() =>
      ChangeRequest.create({
        officeId: organisation.officeId,
        organisationId: organisation.id,
        changes: { legalAddress: { before: organisation.legalAddress, after } },
      }),
    )
  const first = await ask('190000, г. Санкт-Петербург, Невский пр., д. 1')
  await acceptChanges(as(operator), { requestId: first.id })
  await organisation.reload()
  t.regex(organisation.legalAddress ?? '', /Невский/)
  t.is(await AuditEvent.count({ where: { operation: 'organisation.edit', subjectId: organisation.id } }), 1)

  const second = await ask('190000, г. Санкт-Петербург, Литейный пр., д. 2')
  await organisationKeeping.edit(as(operator), {
    id: organisation.id,
    values: { legalAddress: '190000, г. Санкт-Петербург, Садовая ул., д. 3' },
  })
  await t.throwsAsync(() => acceptChanges(as(operator), { requestId: second.id }), {
    message: 'change-request-stale',
  })
  await refuseChanges(as(operator), { requestId: second.id, reason: 'Адрес уже другой' })
  await second.reload()
  t.is(second.decisionReason, 'Адрес уже другой')
})

test('an accepted request with wrong requisites leaves nothing behind', async (t) => {
  const organisation = await buildOrganisation()
  const operator = await operatorOf(await officeOf(organisation))
  const request = await built(() =>
    ChangeRequest.create({
      officeId: organisation.officeId,
      organisationId: organisation.id,
      changes: { kpp: { before: organisation.kpp, after: '12' } },
    }),
  )
  await t.throwsAsync(() => acceptChanges(as(operator), { requestId: request.id }), { message: 'invalid' })
  await request.reload()
  t.is(request.state, 'pending')
})

test('orders of one client become lines of one draft; what another office sells cannot be ordered', async (t) => {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const { user } = await buildClient({ organisation, role: 'employee' })
  const visitor = await signIn(user.email, 'client')
  const [a, b] = [await buildProduct({ office }), await buildProduct({ office, name: 'Выезд специалиста' })]
  const foreign = await buildProduct()
  const retired = await buildProduct({ office, isActive: false })

  const found = await visitor.get(
    `/cabinet/api/resources/products/actions/search/${encodeURIComponent(a.code)}`,
  )
  t.deepEqual(
    found.body.records?.map(({ id }) => id),
    [String(a.id)],
  )
  for (const product of [foreign, retired]) {
    const answer = await visitor.post(api('products', product.id, 'order'), { quantity: '1' })
    t.is(answer.body.notice?.message, 'errors.not-found')
  }
  for (const quantity of ['0', 'много', '-1']) {
    const answer = await visitor.post(api('products', a.id, 'order'), { quantity })
    t.is(answer.body.record?.errors['quantity']?.message, 'errors.quantity-format')
  }
  for (const product of [a, b]) await visitor.post(api('products', product.id, 'order'), { quantity: '2' })
  const orders = await OrderRequest.findAll({ where: { organisationId: organisation.id }, order: ['id'] })
  t.is(orders.length, 2)

  const operator = await operatorOf(office)
  const orderIds = orders.map(({ id }) => id)
  const invoice = await invoiceOrders(as(operator), { orderIds })
  t.is(invoice.state, 'draft')
  t.is(await InvoiceLine.count({ where: { invoiceId: invoice.id } }), 2)
  await t.throwsAsync(() => invoiceOrders(as(operator), { orderIds }), { message: 'forbidden' })
  const withdrawn = await visitor.post(api('order-requests', orderIds[0] ?? 0, 'withdraw'))
  t.is(withdrawn.body.notice?.message, 'errors.not-now')
  // The draft is the office's own business: its number is not told.
  const { text } = await visitor.get('/cabinet/api/resources/order-requests/actions/list')
  t.false(text.includes('"invoices"'))
})

test('a person acts for one organisation at a time and switches only between their own', async (t) => {
  const first = await buildIssuedInvoice()
  const second = await buildIssuedInvoice()
  const { user } = await buildClient({ organisation: first.organisation })
  const other = await built(() =>
    Membership.create({
      userId: user.id,
      officeId: second.organisation.officeId,
      organisationId: second.organisation.id,
      role: 'employee',
      state: 'active',
      decidedAt: new Date(),
    }),
  )
  const stranger = await buildClient({ organisation: await buildOrganisation() })
  const visitor = await signIn(user.email, 'client')
  const invoices = async () =>
    (await visitor.get('/cabinet/api/resources/invoices/actions/list')).body.records?.map(({ id }) =>
      Number(id),
    )
  t.deepEqual(await invoices(), [first.invoice.id])
  t.is((await visitor.post('/cabinet/desk/place', { membershipId: stranger.membership.id })).status, 404)
  const crossSite = { 'sec-fetch-site': 'cross-site' }
  t.is((await visitor.post('/cabinet/desk/place', { membershipId: other.id }, crossSite)).status, 403)
  t.deepEqual(await invoices(), [first.invoice.id])
  t.is((await visitor.post('/cabinet/desk/place', { membershipId: other.id })).status, 204)
  t.deepEqual(await invoices(), [second.invoice.id])
  t.is((await visitor.get('/cabinet/desk/people')).status, 403, 'an employee there, though a head elsewhere')
})
