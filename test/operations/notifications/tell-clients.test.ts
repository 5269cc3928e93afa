/** What is asked and decided between a client and the office is told to whom it concerns, once, and to nobody else. */
import test from 'ava'
import { sayNotification } from '../../../admin/locale/say-notification.ts'
import { Mail } from '../../../src/models/mail.ts'
import { Notification } from '../../../src/models/notification.ts'
import { Invoice } from '../../../src/models/invoice.ts'
import { OrderRequest } from '../../../src/models/order-request.ts'
import type { Organisation } from '../../../src/models/organisation.ts'
import { acceptChanges, refuseChanges } from '../../../src/operations/change-requests/decide-changes.ts'
import { proposeChanges } from '../../../src/operations/change-requests/propose-changes.ts'
import { discardDraft, restoreDraft } from '../../../src/operations/invoices/discard-draft.ts'
import { issueInvoice } from '../../../src/operations/invoices/issue-invoice.ts'
import {
  acceptMembership,
  blockMembership,
  refuseMembership,
  unblockMembership,
} from '../../../src/operations/memberships/decide-membership.ts'
import { deliverNotification } from '../../../src/operations/notifications/deliver-notification.ts'
import { placeOrder, withdrawOrder } from '../../../src/operations/orders/place-order.ts'
import { invoiceOrders, refuseOrder } from '../../../src/operations/orders/settle-orders.ts'
import { systemActor, type Actor } from '../../../src/policies/actor.ts'
import { myNotifications } from '../../../src/queries/notifications/my-notifications.ts'
import { notificationMail } from '../../../templates/mails/notification/mail.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorOf,
  as,
  buildClient,
  buildOffice,
  buildOrganisation,
  buildProduct,
  buildUser,
  buildVatRates,
  testNow,
} from '../../_support/factories.ts'

await isolatedDatabase()

const titlesOf = async (actor: Actor): Promise<string[]> =>
  (await myNotifications(actor, { limit: 20 })).items
    .filter(({ isRead }) => !isRead)
    .map(({ kind, params }) => sayNotification('ru', { kind, params }).title)

/** A client with a head and an employee, another client's head who must hear of nothing, and the office's operator. */
async function house(overrides: Partial<Pick<Organisation, 'shortName'>> = {}) {
  await buildVatRates()
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office, shortName: 'ООО «Полюс»', ...overrides })
  const head = await buildClient({ organisation })
  const employee = await buildClient({ organisation, role: 'employee' })
  const stranger = await buildClient({ organisation: await buildOrganisation({ office }) })
  const operator = actorOf(await buildUser({ office }))
  return { office, organisation, head, employee, stranger, operator }
}

test(
  'a person is told what was decided about them, by letter too, also when nothing else is open to them any more',
  isolated(async (t) => {
    const { organisation, head, employee, stranger } = await house()
    const newcomer = await buildClient({ organisation, role: 'employee', state: 'pending' })
    const about = { membershipId: newcomer.membership.id }
    const outside = { ...newcomer.actor, role: 'applicant' as const, organisationId: null }
    await acceptMembership(as(head.actor), about)
    t.deepEqual(await titlesOf(newcomer.actor), ['Вы можете действовать от имени ООО «Полюс»'])
    await blockMembership(as(head.actor), { ...about, reason: 'Отпуск' })
    t.deepEqual(await titlesOf(outside), ['Вы больше не действуете от имени ООО «Полюс»'])
    const [told] = await Notification.findAll({ where: { kind: 'membership-closed' } })
    await deliverNotification(as(systemActor('test')), { notificationId: told?.id ?? 0 })
    const [letter] = await Mail.findAll({ where: { kind: 'notification' } })
    t.is(letter?.recipient, newcomer.user.email)
    const { text } = (await notificationMail.compose(letter?.params, {
      recipient: newcomer.user.email,
      recipientName: null,
      language: 'ru',
      linkAddress: null,
      linkExpiresAt: null,
      publicUrl: 'https://office.example',
      now: testNow,
    })) ?? { text: '' }
    t.regex(text, /Отпуск/)
    t.regex(text, /https:\/\/office\.example\/cabinet/)
    await unblockMembership(as(head.actor), about)
    t.deepEqual(await titlesOf(newcomer.actor), ['Вы можете действовать от имени ООО «Полюс»'])

    const other = await buildClient({ organisation, role: 'employee', state: 'pending' })
    await refuseMembership(as(head.actor), { membershipId: other.membership.id, reason: 'Не работает у нас' })
    t.deepEqual(await titlesOf({ ...outside, id: other.user.id }), ['ООО «Полюс» не принимает вашу заявку'])
    for (const { actor } of [head, employee, stranger]) t.deepEqual(await titlesOf(actor), [])
  }),
)

test(
  'a wish about requisites asks the office until it is decided, and its answer goes to the heads',
  isolated(async (t) => {
    const { organisation, head, employee, stranger, operator } = await house()
    const wish = (phone: string) =>
      proposeChanges(as(head.actor), { organisationId: organisation.id, values: { phone } })
    const first = await wish('+78125550177')
    t.deepEqual(await titlesOf(operator), ['ООО «Полюс» просит изменить данные'])
    await acceptChanges(as(operator), { requestId: first.id })
    t.deepEqual(await titlesOf(operator), [])
    t.deepEqual(await titlesOf(head.actor), ['Изменения данных приняты'])
    const second = await wish('+78125550178')
    await refuseChanges(as(operator), { requestId: second.id, reason: 'Телефон чужой' })
    t.deepEqual(await titlesOf(head.actor), ['Изменения данных не приняты', 'Изменения данных приняты'])
    for (const { actor } of [employee, stranger]) t.deepEqual(await titlesOf(actor), [])
  }),
)

test(
  'an order is told to the office, its refusal and its issued invoice to everybody of the client',
  isolated(async (t) => {
    const { office, head, employee, stranger, operator } = await house()
    const product = await buildProduct({ office, name: 'Выезд специалиста' })
    const order = () => placeOrder(as(employee.actor), { productId: product.id, quantity: '1' })
    const withdrawn = await order()
    t.deepEqual(await titlesOf(operator), ['Новый заказ: Выезд специалиста'])
    await withdrawOrder(as(employee.actor), { orderId: withdrawn.id })
    t.deepEqual(await titlesOf(operator), [], 'a wish taken back asks nobody')

    const refused = await order()
    await refuseOrder(as(operator), { orderId: refused.id, reason: 'Нет специалиста' })
    const orders = [await order(), await order()]
    const draft = await invoiceOrders(as(operator), { orderIds: orders.map(({ id }) => id) })
    t.deepEqual(await titlesOf(operator), [])
    const refusal = 'Заказ «Выезд специалиста» отклонён'
    t.deepEqual(await titlesOf(head.actor), [refusal], 'a draft is the business of the office')
    const invoice = await issueInvoice(as(operator), { invoiceId: draft.id })
    for (const { actor } of [head, employee])
      t.deepEqual(await titlesOf(actor), [`Счёт ${invoice.number} по вашему заказу`, refusal])
    const [item] = (await myNotifications(employee.actor, { limit: 1 })).items
    t.is(item?.href, `/cabinet/resources/invoices/records/${invoice.id}/show`)
    t.deepEqual(await titlesOf(stranger.actor), [])
  }),
)

test(
  'orders whose draft is thrown away wait for an invoice again',
  isolated(async (t) => {
    const { office, employee, operator } = await house()
    const product = await buildProduct({ office })
    const { id } = await placeOrder(as(employee.actor), { productId: product.id, quantity: '2' })
    const draft = await invoiceOrders(as(operator), { orderIds: [id] })
    await t.throwsAsync(discardDraft(as(employee.actor), { id: draft.id }), { code: 'forbidden' })
    t.like(await OrderRequest.findByPk(id), { state: 'invoiced', invoiceId: draft.id })
    await discardDraft(as(operator), { id: draft.id })
    t.like(await OrderRequest.findByPk(id), { state: 'placed', invoiceId: null, decidedAt: null })
    const again = await invoiceOrders(as(operator), { orderIds: [id] })
    t.not(again.id, draft.id)
    t.like(await OrderRequest.findByPk(id), { state: 'invoiced', invoiceId: again.id })
  }),
)

test(
  'a draft taken back out of the bin takes back its own orders, or says why it cannot',
  isolated(async (t) => {
    const { office, employee, operator } = await house()
    const product = await buildProduct({ office })
    const place = async () =>
      (await placeOrder(as(employee.actor), { productId: product.id, quantity: '2' })).id
    const ids = [await place(), await place()]
    const draft = await invoiceOrders(as(operator), { orderIds: ids })
    await discardDraft(as(operator), { id: draft.id })
    await t.throwsAsync(restoreDraft(as(employee.actor), { id: draft.id }), { code: 'forbidden' })
    const states = async () =>
      (await OrderRequest.findAll({ where: { id: ids }, order: ['id'] })).map(({ state, invoiceId }) => [
        state,
        invoiceId,
      ])

    // One of them went into another draft and came back: it waits, so it is taken.
    const other = await invoiceOrders(as(operator), { orderIds: ids.slice(0, 1) })
    await t.throwsAsync(restoreDraft(as(operator), { id: draft.id }), { code: 'orders-moved-on' })
    t.deepEqual(
      await states(),
      [
        ['invoiced', other.id],
        ['placed', null],
      ],
      'nothing is taken by half',
    )
    t.truthy((await Invoice.findByPk(draft.id, { paranoid: false }))?.deletedAt)
    await discardDraft(as(operator), { id: other.id })

    await restoreDraft(as(operator), { id: draft.id })
    t.deepEqual(await states(), [
      ['invoiced', draft.id],
      ['invoiced', draft.id],
    ])
    t.is((await Invoice.findByPk(draft.id))?.deletedAt, null)
    await t.throwsAsync(restoreDraft(as(operator), { id: other.id }), { code: 'orders-moved-on' })
    t.deepEqual(await titlesOf(operator), [], 'nobody is asked about orders that have their draft')

    await discardDraft(as(operator), { id: draft.id })
    await withdrawOrder(as(employee.actor), { orderId: ids[0]! })
    await t.throwsAsync(restoreDraft(as(operator), { id: draft.id }), { code: 'orders-moved-on' })
  }),
)
