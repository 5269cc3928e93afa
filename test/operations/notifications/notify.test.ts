/** Who is told of what, once, by which ways, and what a reader sees of it. */
import test from 'ava'
import { hasText } from '../../../admin/locale/index.ts'
import { sayNotification } from '../../../admin/locale/say-notification.ts'
import { languages } from '../../../src/domain/language.ts'
import { Notification } from '../../../src/models/notification.ts'
import type { Organisation } from '../../../src/models/organisation.ts'
import type { User } from '../../../src/models/user.ts'
import { answerRequest, refuseRequest } from '../../../src/operations/accounting-requests/answer-request.ts'
import {
  acknowledgeRequest,
  markRequestSent,
  timeOutRequests,
} from '../../../src/operations/accounting-requests/settle-request.ts'
import { requestShipment } from '../../../src/operations/accounting-requests/request-shipment.ts'
import { chooseChannels } from '../../../src/operations/notifications/choose-channels.ts'
import { deliverNotification } from '../../../src/operations/notifications/deliver-notification.ts'
import { notify, type Notice } from '../../../src/operations/notifications/notify.ts'
import { Mail } from '../../../src/models/mail.ts'
import { systemActor } from '../../../src/policies/actor.ts'
import { notificationNames } from '../../../src/queries/notifications/kinds.ts'
import { myNotifications } from '../../../src/queries/notifications/my-notifications.ts'
import { rows } from '../../../src/queries/rows.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorFor,
  actorOf,
  as,
  buildClient,
  buildOffice,
  buildOrganisation,
  buildPaidInvoice,
  buildRequest,
  buildUser,
  built,
  testNow,
} from '../../_support/factories.ts'

await isolatedDatabase()

const robot = as(systemActor('test'))
const tell = (notice: Partial<Notice> & Pick<Notice, 'kind'>) =>
  built(() => notify({ subjectId: 1, officeId: null, now: testNow, ...notice }))
const toldOf = async (kind: string): Promise<number[]> =>
  (await Notification.findAll({ where: { kind }, order: ['recipientId'] })).map(
    ({ recipientId }) => recipientId,
  )
const ids = (...users: User[]) => users.map(({ id }) => id)

async function staffOf(office: Organisation) {
  return {
    first: await buildUser({ office }),
    second: await buildUser({ office }),
    accountant: await buildUser({ office, role: 'accountant' }),
  }
}

/** A request of a stored operator that accounting has received. */
async function requestOf(author: User, office: Organisation) {
  const { lines } = await buildPaidInvoice({ office })
  const { requests } = await requestShipment(as(actorOf(author)), { lineIds: lines.map(({ id }) => id) })
  const request = await markRequestSent(robot, { requestId: requests[0]!.id, sentTo: 'buh@certdesk.example' })
  return { request, lines }
}

test(
  'the author is told, the office when there is none, an administrator when the office has nobody',
  isolated(async (t) => {
    const office = await buildOffice()
    const { first, second } = await staffOf(office)
    const elsewhere = await buildUser()
    const boss = await buildUser({ role: 'administrator', office: null })
    const about = { kind: 'mail-failed' as const, officeId: office.id }
    await tell({ ...about, subjectId: 1, authorId: second.id })
    t.deepEqual(await toldOf('mail-failed'), ids(second))
    await tell({ ...about, subjectId: 2, authorId: null })
    t.deepEqual(
      (await toldOf('mail-failed')).filter((id) => id !== boss.id),
      ids(first, second, second),
    )
    await built(() => second.update({ state: 'blocked' }))
    t.is(await tell({ ...about, subjectId: 3, authorId: second.id }), 2, 'a blocked author is told nothing')
    const empty = await buildOffice()
    await tell({ kind: 'invoices-overdue', subjectId: empty.id, officeId: empty.id })
    t.deepEqual(await toldOf('invoices-overdue'), ids(boss))
    t.false((await toldOf('mail-failed')).includes(elsewhere.id))
    t.is(
      await tell({ kind: 'export-ready', officeId: office.id, authorId: null }),
      0,
      'nobody else may see it',
    )
  }),
)

test(
  'one event tells one person once, and another event again',
  isolated(async (t) => {
    const office = await buildOffice()
    const { first } = await staffOf(office)
    const notice = { kind: 'mail-failed' as const, officeId: office.id, recipients: ids(first) }
    t.is(await tell({ ...notice, occasion: 1 }), 1)
    t.is(await tell({ ...notice, occasion: 1 }), 0)
    t.is(await tell({ ...notice, occasion: 2 }), 1)
    t.is(await tell({ ...notice, occasion: 3, exceptId: first.id }), 0)
  }),
)

test(
  'an answer is told to whoever asked, a refusal too, and what is decided asks nobody any more',
  isolated(async (t) => {
    const office = await buildOffice()
    const { first, second, accountant } = await staffOf(office)
    const { request, lines } = await requestOf(first, office)
    t.deepEqual(await toldOf('request-to-answer'), ids(accountant))
    await answerRequest(as(actorOf(accountant)), {
      requestId: request.id,
      via: 'office',
      lines: lines.map(({ id }) => ({
        lineId: id,
        taxDocumentKind: 'upd',
        taxDocumentNumber: '5',
        taxDocumentOn: request.shipmentOn,
      })),
    })
    t.deepEqual(await toldOf('request-answered'), ids(first))
    t.is((await myNotifications(actorOf(accountant), { limit: 9 })).items[0]?.isRead, true)
    await acknowledgeRequest(as(actorOf(second)), { requestId: request.id })
    t.is(await Notification.count({ where: { readAt: null } }), 0)

    const other = await requestOf(second, office)
    await refuseRequest(as(actorOf(accountant)), {
      requestId: other.request.id,
      reason: 'нет договора',
      via: 'office',
    })
    t.deepEqual(await toldOf('request-refused'), ids(second))
    const [item] = (await myNotifications(actorOf(second), { limit: 9 })).items
    t.deepEqual(
      sayNotification('ru', { kind: item!.kind, params: item!.params }).title,
      `Запрос № ${other.request.number} отклонён`,
    )
    t.true(sayNotification('ru', { kind: item!.kind, params: item!.params }).detail.endsWith('нет договора'))
  }),
)

test(
  'many requests whose time is over are one piece of news for each author',
  isolated(async (t) => {
    const office = await buildOffice()
    const { first, second } = await staffOf(office)
    for (const author of [first, first, second]) await requestOf(author, office)
    await timeOutRequests(robot, { sentBefore: new Date(testNow.getTime() + 1), limit: 10 })
    const told = await Notification.findAll({ where: { kind: 'requests-timed-out' }, order: ['recipientId'] })
    t.deepEqual(
      told.map(({ recipientId, params }) => [recipientId, params['count']]),
      [
        [first.id, 2],
        [second.id, 1],
      ],
    )
  }),
)

test(
  'whoever may not see the subject any more is told the kind alone',
  isolated(async (t) => {
    const { request, office } = await buildRequest()
    const stranger = await buildUser({ office: await buildOffice() })
    await tell({
      kind: 'request-refused',
      subjectId: request.id,
      officeId: office.id,
      recipients: ids(stranger),
    })
    const [item] = (await myNotifications(actorOf(stranger), { limit: 9 })).items
    t.like(item, { params: null, href: null })
    t.notRegex(JSON.stringify(sayNotification('ru', { kind: item!.kind, params: null })), /\d/)
    t.deepEqual((await myNotifications(actorFor('operator', office), { limit: 9 })).items, [])
  }),
)

test(
  'a letter goes at once to those who wished so, once, and not when it was read meanwhile',
  isolated(async (t) => {
    const office = await buildOffice()
    const { first, second } = await staffOf(office)
    const wish = { kind: 'request-answered' as const, inBell: false, email: 'now' as const, sms: false }
    await chooseChannels(as(actorOf(first)), wish)
    const { request } = await buildRequest({ office })
    await tell({
      kind: 'request-answered',
      subjectId: request.id,
      officeId: office.id,
      recipients: ids(first, second),
    })
    const waiting = await rows<{ id: number }>(
      `select (payload ->> 'notificationId')::bigint as id from outbox where topic = 'notification.deliver'`,
    )
    t.is(waiting.length, 1)
    for (let time = 0; time < 2; time += 1)
      await deliverNotification(robot, { notificationId: waiting[0]!.id })
    const letters = await Mail.findAll({ where: { kind: 'notification' } })
    t.deepEqual(
      letters.map(({ recipient, state }) => [recipient, state]),
      [[first.email, 'waiting']],
    )
    t.deepEqual((await myNotifications(actorOf(first), { limit: 9 })).items, [], 'not wished for in the bell')

    await tell({
      kind: 'request-answered',
      subjectId: request.id,
      occasion: 2,
      officeId: office.id,
      recipients: ids(first),
    })
    await Notification.update({ readAt: testNow }, { where: { recipientId: first.id } })
    const last = await Notification.max<number, Notification>('id')
    await deliverNotification(robot, { notificationId: last })
    t.is(await Mail.count({ where: { kind: 'notification' } }), 1)
    await t.throwsAsync(deliverNotification(as(actorOf(second)), { notificationId: last }), {
      code: 'forbidden',
    })
  }),
)

test('every kind has its name and its sentence in both languages', (t) => {
  const missing = languages.flatMap((language) =>
    notificationNames.flatMap((kind) =>
      ['name', 'about', 'title', 'detail']
        .map((part) => `notifications.kinds.${kind}.${part}`)
        .filter((key) => !hasText(language, key) && !hasText(language, `${key}_one`)),
    ),
  )
  t.deepEqual(missing, [])
})

test(
  'the facts of every kind are valid SQL for every reader',
  isolated(async (t) => {
    const office = await buildOffice()
    for (const role of ['operator', 'accountant', 'administrator', 'support'] as const) {
      const user = await buildUser({
        role,
        office: role === 'operator' || role === 'accountant' ? office : null,
      })
      for (const kind of notificationNames) await tell({ kind, officeId: null, recipients: [user.id] })
      const { items } = await myNotifications(actorOf(user), { limit: 99 })
      t.is(items.length, notificationNames.length, role)
    }
    const organisation = await buildOrganisation({ office })
    for (const role of ['head', 'employee', 'applicant'] as const) {
      const { user, actor } = await buildClient({ organisation, role })
      for (const kind of notificationNames) await tell({ kind, recipients: [user.id] })
      t.is((await myNotifications(actor, { limit: 99 })).items.length, notificationNames.length, role)
    }
  }),
)
