/** What is written between a client and the office: once each, never changed, told once, waiting for the right side. */
import { randomUUID } from 'node:crypto'
import test from 'ava'
import { watchThreads } from '../../../jobs/watch-threads.ts'
import { atomic } from '../../../src/db/atomic.ts'
import { Message } from '../../../src/models/message.ts'
import { MessageDraft } from '../../../src/models/message-draft.ts'
import { MessageFile } from '../../../src/models/message-file.ts'
import { Notification } from '../../../src/models/notification.ts'
import type { Organisation } from '../../../src/models/organisation.ts'
import { Thread } from '../../../src/models/thread.ts'
import { chooseChannels } from '../../../src/operations/notifications/choose-channels.ts'
import { assignThread, closeThread, reopenThread } from '../../../src/operations/threads/arrange-thread.ts'
import { attachToDraft, detachFromDraft, saveDraft } from '../../../src/operations/threads/keep-drafts.ts'
import { replyTemplateKeeping } from '../../../src/operations/threads/keep-reply-templates.ts'
import { openThread } from '../../../src/operations/threads/open-thread.ts'
import { readThread } from '../../../src/operations/threads/read-thread.ts'
import { replyToThread } from '../../../src/operations/threads/reply-to-thread.ts'
import type { Actor } from '../../../src/policies/actor.ts'
import { cabinetHome } from '../../../src/queries/cabinet/home.ts'
import { myNotifications } from '../../../src/queries/notifications/my-notifications.ts'
import { notificationReader } from '../../../src/queries/notifications/reader.ts'
import { counters } from '../../../src/queries/queue/counters.ts'
import { rows } from '../../../src/queries/rows.ts'
import { searchEverything } from '../../../src/queries/search/search-everything.ts'
import { conversation } from '../../../src/queries/threads/conversation.ts'
import { newThread } from '../../../src/queries/threads/new-thread.ts'
import { threadList } from '../../../src/queries/threads/thread-list.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import {
  actorOf,
  as,
  buildClient,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildUser,
  testNow,
} from '../../_support/factories.ts'

await isolatedDatabase()

/** Somebody with an account. */
const known = (actor: Actor) => ({ ...actor, id: actor.id ?? 0 })

async function stage() {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = known(actorOf(await buildUser({ office })))
  const head = known((await buildClient({ organisation, name: 'Ирина', patronymic: 'Львовна' })).actor)
  const employee = known((await buildClient({ organisation, role: 'employee' })).actor)
  return { office, organisation, operator, head, employee }
}

const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000)
const about = (organisation: Organisation) => ({ kind: 'organisation', id: organisation.id })
const open = (actor: Actor, organisation: Organisation, title = 'Не пришёл акт', minutes = 0) =>
  openThread(as(actor, later(minutes)), {
    subject: about(organisation),
    title,
    body: 'Здравствуйте, акта за ноябрь нет',
    key: randomUUID(),
  })
const reply = (actor: Actor, { id: threadId }: Thread, body: string, minutes = 0) =>
  replyToThread(as(actor, later(minutes)), { threadId, body, key: randomUUID() })
const upload = (name: string) => ({
  key: `ab/${randomUUID()}`,
  size: 3,
  sha256: 'a'.repeat(64),
  mime: 'text/plain',
  name,
})
const told = (kind: string, { id }: Thread, unread = true) =>
  Notification.findAll({
    where: { kind, subjectId: id, ...(unread && { readAt: null }) },
    order: ['recipientId'],
  })

test.serial('pressed twice at once, a new thread and a reply are one message each, told once', async (t) => {
  const { organisation, operator, head } = await stage()
  const [key, again] = [randomUUID(), randomUUID()]
  const opened = { subject: about(organisation), title: 'Где счёт', body: 'Не вижу счёта', key }
  const threads = await Promise.all([openThread(as(head), opened), openThread(as(head), opened)])
  t.is(threads[0].id, threads[1].id)
  const answer = { threadId: threads[0].id, body: 'Отправили', key: again }
  const messages = await Promise.all([
    replyToThread(as(operator), answer),
    replyToThread(as(operator), answer),
    replyToThread(as(operator), answer),
  ])
  t.is(new Set(messages.map(({ id }) => id)).size, 1)
  t.is(await Message.count({ where: { threadId: threads[0].id } }), 2)
  t.is(await Notification.count({ where: { kind: 'message-received', recipientId: operator.id } }), 1)
  t.is(await Notification.count({ where: { kind: 'message-answered', recipientId: head.id } }), 1)
  const other = await open(head, organisation)
  await t.throwsAsync(() => replyToThread(as(operator), { ...answer, threadId: other.id }), {
    message: 'already-exists',
  })
})

test.serial(
  'two people who answer at once are both heard, and the client’s word wins the state',
  async (t) => {
    const { office, organisation, operator, head } = await stage()
    const colleague = known(actorOf(await buildUser({ office })))
    const thread = await open(head, organisation)
    await Promise.all([reply(operator, thread, 'Ищем'), reply(colleague, thread, 'Нашли')])
    await thread.reload()
    t.is(thread.state, 'waiting_client')
    t.true([operator.id, colleague.id].includes(thread.assigneeId ?? 0))
    await Promise.all([reply(head, thread, 'Спасибо'), reply(head, thread, 'Ещё вопрос')])
    await thread.reload()
    t.is(thread.state, 'waiting_office')
    t.is(await Message.count({ where: { threadId: thread.id } }), 5)
  },
)

test(
  'a client waits since the first question; who answers takes it; a reply to a closed thread raises it again',
  isolated(async (t) => {
    const { organisation, operator, head } = await stage()
    const thread = await open(head, organisation)
    await reply(head, thread, 'Вы здесь?', 30)
    await thread.reload()
    t.deepEqual(thread.waitingSince, later(0))
    t.is((await counters(operator)).navigation['messages']?.count, 1)
    await reply(operator, thread, 'Да, ищем', 40)
    await thread.reload()
    t.is(thread.state, 'waiting_client')
    t.is(thread.waitingSince, null)
    t.is(thread.assigneeId, operator.id)
    t.is((await counters(operator)).navigation['messages'], undefined)

    await closeThread(as(operator, later(50)), { threadId: thread.id })
    await t.throwsAsync(() => closeThread(as(operator), { threadId: thread.id }), { message: 'forbidden' })
    await t.throwsAsync(() => closeThread(as(head), { threadId: thread.id }), { message: 'forbidden' })
    await reply(head, thread, 'Опять не пришло', 60)
    await thread.reload()
    t.is(thread.state, 'waiting_office')
    t.deepEqual(thread.waitingSince, later(60))
    t.deepEqual(
      (await threadList(operator, { view: 'waiting' })).items.map(({ id }) => id),
      [thread.id],
    )
    await closeThread(as(operator), { threadId: thread.id })
    await reopenThread(as(operator, later(70)), { threadId: thread.id })
    await thread.reload()
    t.is(thread.state, 'waiting_office')
  }),
)

test(
  'a thread is given to somebody who may answer this office’s clients, and leaves the others’ queues',
  isolated(async (t) => {
    const { office, organisation, operator, head } = await stage()
    const colleague = known(actorOf(await buildUser({ office, role: 'accountant' })))
    const stranger = known(actorOf(await buildUser()))
    const thread = await open(head, organisation)
    const give = (userId: number | null) => assignThread(as(operator), { threadId: thread.id, userId })
    for (const one of [stranger, head])
      await t.throwsAsync(() => give(one.id), { message: 'invalid' }, 'nobody of another office, no client')
    t.is((await counters(colleague)).navigation['messages'], undefined)
    await give(colleague.id)
    t.is((await counters(colleague)).navigation['messages']?.count, 1)
    t.is((await counters(operator)).navigation['messages'], undefined)
    await reply(head, thread, 'Жду')
    t.deepEqual(
      (await told('message-received', thread)).map(({ recipientId }) => recipientId),
      [colleague.id],
    )
    await give(null)
    t.is((await counters(operator)).navigation['messages']?.count, 1)
  }),
)

test(
  'nobody changes or removes a message, nor a file of one',
  isolated(async (t) => {
    const { organisation, head } = await stage()
    await attachToDraft(as(head), { place: { subject: about(organisation) }, file: upload('акт.txt') })
    const thread = await open(head, organisation)
    const message = await Message.findOne({ where: { threadId: thread.id }, rejectOnEmpty: true })
    const file = await MessageFile.findOne({ where: { messageId: message.id }, rejectOnEmpty: true })
    const refused = { message: /cannot be changed|belongs to a message/ }
    for (const sql of [
      `update messages set body = 'другое' where id = ${message.id}`,
      `delete from messages where id = ${message.id}`,
      `update message_files set title = 'другое' where id = ${file.id}`,
      `delete from message_files where id = ${file.id}`,
    ])
      await t.throwsAsync(() => atomic(() => rows(sql)), refused, sql)
  }),
)

test(
  'what was typed and attached is the writer’s until it is sent, and goes with the message',
  isolated(async (t) => {
    const { organisation, operator, head, employee } = await stage()
    const thread = await open(head, organisation)
    const place = { threadId: thread.id }
    await saveDraft(as(head), { place, title: '', body: 'Прилагаю пись' })
    await saveDraft(as(head), { place, title: '', body: 'Прилагаю письмо' })
    const file = await attachToDraft(as(head), { place, file: upload('письмо.txt') })
    const spare = await attachToDraft(as(head), { place, file: upload('лишнее.txt') })
    await t.throwsAsync(() => detachFromDraft(as(operator), { id: spare.id }), { message: 'not-found' })
    await detachFromDraft(as(head), { id: spare.id })
    const mine = (await conversation(head, place)).draft
    t.is(mine.text, 'Прилагаю письмо')
    t.deepEqual(
      mine.files.map(({ title }) => title),
      ['письмо.txt'],
    )
    t.is((await conversation(operator, place)).draft.text, '', 'nobody else sees it')
    await t.throwsAsync(() => saveDraft(as(employee), { place, title: '', body: 'чужое' }), {
      message: 'not-found',
    })

    await reply(head, thread, 'Прилагаю письмо')
    t.is(await MessageDraft.count({ where: { threadId: thread.id } }), 0)
    const { messages } = await conversation(operator, place)
    t.deepEqual(messages.at(-1)?.files[0]?.id, file.id)
    await t.throwsAsync(() => detachFromDraft(as(head), { id: file.id }), { message: 'not-found' })

    await saveDraft(as(head), { place, title: '', body: 'Ещё' })
    await saveDraft(as(head), { place, title: '', body: ' ' })
    t.is(await MessageDraft.count({ where: { threadId: thread.id } }), 0, 'an empty draft is forgotten')
    await t.throwsAsync(() => reply(head, thread, '  '), { message: 'invalid' })
    for (let made = 0; made < 10; made += 1)
      await attachToDraft(as(head), { place, file: upload(`${made}.txt`) })
    await t.throwsAsync(() => attachToDraft(as(head), { place, file: upload('11.txt') }), {
      message: 'too-many-files',
    })
  }),
)

test(
  'a mark of reading only moves on, shows on the other side, and takes the word off the bell',
  isolated(async (t) => {
    const { organisation, operator, head } = await stage()
    const thread = await open(head, organisation)
    const first = await Message.findOne({ where: { threadId: thread.id }, rejectOnEmpty: true })
    const second = await reply(head, thread, 'И ещё')
    t.is((await threadList(operator)).items[0]?.unread, 2)
    await readThread(as(operator, later(5)), { threadId: thread.id, messageId: second.id })
    await readThread(as(operator, later(9)), { threadId: thread.id, messageId: first.id })
    const { reads } = await conversation(head, { threadId: thread.id })
    t.deepEqual(
      reads.map(({ readTo, at }) => ({ readTo, at })),
      [{ readTo: second.id, at: later(5).toISOString() }],
    )
    t.is((await threadList(operator)).items[0]?.unread, 0)
    t.is((await told('message-received', thread)).length, 0)
    t.deepEqual((await conversation(operator, { threadId: thread.id })).reads[0]?.readTo, second.id)
  }),
)

test(
  'an answer reaches who began the thread, everybody when the office began it, and is told by the newest word only',
  isolated(async (t) => {
    const { organisation, operator, head, employee } = await stage()
    const own = await open(employee, organisation)
    await reply(operator, own, 'Первый ответ')
    await reply(operator, own, 'Второй ответ')
    t.deepEqual(
      (await told('message-answered', own)).map(({ recipientId }) => recipientId),
      [employee.id],
    )
    t.is((await told('message-answered', own, false)).length, 2)
    t.is((await threadList(head)).counts.unread, 0, 'a head is not called to what was asked by another')
    await reply(head, own, 'Я тоже жду')
    await reply(operator, own, 'Понял')
    t.deepEqual(
      (await told('message-answered', own)).map(({ recipientId }) => recipientId),
      [head.id, employee.id].toSorted((a, b) => a - b),
    )
    const [answer] = (await cabinetHome(employee)).waiting
    t.is(answer?.kind, 'answer')
    const shared = await open(operator, organisation, 'Новые цены', 5)
    t.deepEqual(
      (await told('message-answered', shared)).map(({ recipientId }) => recipientId),
      [head.id, employee.id].toSorted((a, b) => a - b),
    )
    t.is(
      await chooseChannels(as(head), { kind: 'message-answered', inBell: true, email: 'off', sms: false }),
      undefined,
    )
  }),
)

test(
  'a head reads all of the organisation, an employee and an applicant what concerns them, a stranger nothing',
  isolated(async (t) => {
    const { office, organisation, operator, head, employee } = await stage()
    const applicant = known((await buildClient({ organisation, role: 'applicant' })).actor)
    const beside = (await buildClient({ organisation: await buildOrganisation({ office }) })).actor
    const elsewhere = actorOf(await buildUser())
    const ofHead = await open(head, organisation, 'Вопрос руководителя')
    const ofEmployee = await open(employee, organisation, 'Вопрос сотрудника')
    const toAll = await open(operator, organisation, 'Всем')
    const ofApplicant = await openThread(as(applicant), {
      subject: { kind: 'person', id: applicant.id },
      title: 'Вопрос заявителя',
      body: 'Как подать заявку?',
      key: randomUUID(),
    })
    const seenBy = async (actor: Actor) =>
      (await threadList(actor)).items.map(({ id }) => id).toSorted((a, b) => a - b)
    const ids = (...threads: Thread[]) => threads.map(({ id }) => id).toSorted((a, b) => a - b)
    t.deepEqual(await seenBy(head), ids(ofHead, ofEmployee, toAll))
    t.deepEqual(await seenBy(employee), ids(ofEmployee, toAll))
    t.deepEqual(await seenBy(applicant), ids(ofApplicant))
    t.deepEqual(await seenBy(operator), ids(ofHead, ofEmployee, toAll, ofApplicant))
    t.deepEqual(await seenBy(beside), [])
    t.deepEqual(await seenBy(elsewhere), [])
    for (const [actor, thread] of [
      [employee, ofHead],
      [applicant, toAll],
      [head, ofApplicant],
      [beside, toAll],
      [elsewhere, toAll],
    ] as const) {
      await t.throwsAsync(() => conversation(actor, { threadId: thread.id }), { message: 'not-found' })
      await t.throwsAsync(() => reply(actor, thread, 'Чужое'), { message: 'not-found' })
    }
    await reply(operator, ofApplicant, 'Вот так')
    t.is((await told('message-answered', ofApplicant)).length, 1)
    const reader = await notificationReader(applicant.id, null)
    const { items } = await myNotifications(reader?.actor ?? applicant, { limit: 1 })
    t.is(items[0]?.params?.['title'], 'Вопрос заявителя', 'a letter may tell it as well')
    const { groups } = await searchEverything(operator, { query: 'вопрос заяв' })
    t.deepEqual(
      groups.find(({ key }) => key === 'threads')?.hits.map(({ id }) => id),
      [ofApplicant.id],
    )
    t.deepEqual((await searchEverything(elsewhere, { query: 'вопрос заяв' })).groups, [])
  }),
)

test(
  'a thread is begun about what its writer may see; a record the reader may not see has no number',
  isolated(async (t) => {
    const sale = await buildIssuedInvoice()
    const { organisation, office, invoice } = sale
    const head = known((await buildClient({ organisation })).actor)
    const beside = (await buildClient({ organisation: await buildOrganisation({ office }) })).actor
    const subject = { kind: 'invoice', id: invoice.id }
    t.is((await newThread(head, subject)).subject.number, invoice.number)
    for (const wrong of [subject, { kind: 'nothing', id: 1 }, { kind: 'person', id: head.id }])
      await t.throwsAsync(() => newThread(beside, wrong), { message: 'not-found' })
    const operator = actorOf(await buildUser({ office }))
    await t.throwsAsync(() => newThread(operator, { kind: 'person', id: head.id }), { message: 'not-found' })
    const thread = await openThread(as(head), {
      subject,
      title: 'О счёте',
      body: 'Вопрос',
      key: randomUUID(),
    })
    t.is((await conversation(operator, { threadId: thread.id })).thread.subject.number, invoice.number)
    t.is((await threadList(operator, { kind: 'invoice', id: invoice.id })).items.length, 1)
    await t.throwsAsync(
      () => openThread(as(head), { subject, title: '  ', body: 'Вопрос', key: randomUUID() }),
      { message: 'invalid' },
    )
  }),
)

test(
  'a template is filled with plain values, and what is left open is not sent',
  isolated(async (t) => {
    const { organisation, operator, head } = await stage()
    const make = (body: string) =>
      replyTemplateKeeping.create(as(operator), {
        values: { officeId: operator.officeId, title: 'Ответ', body },
      })
    await t.throwsAsync(() => make('Здравствуйте, {фамилия}'), { message: 'invalid' })
    await make('{имя}, по счёту {номер} всё верно. {Автор}')
    const thread = await open(head, organisation)
    const [template] = (await conversation(operator, { threadId: thread.id })).templates
    t.is(template?.text, 'Ирина Львовна, по счёту {номер} всё верно. Марина Ким')
    await t.throwsAsync(() => reply(operator, thread, template?.text ?? ''), { message: 'invalid' })
    t.truthy(await reply(head, thread, 'Что такое {номер}?'), 'a client may write so')
    t.deepEqual((await conversation(head, { threadId: thread.id })).templates, [])
  }),
)

test(
  'a question that waits longer than a working day is marked and told once for each wait',
  isolated(async (t) => {
    const { office, organisation, operator, head } = await stage()
    const colleague = actorOf(await buildUser({ office }))
    const watch = (minutes: number) =>
      watchThreads.run({ now: later(minutes), period: null, signal: new AbortController().signal })
    const day = 24 * 60
    const isLate = async (actor: Actor) => (await threadList(actor)).items.map((row) => row.isLate)
    const hearers = async () => (await told('message-late', thread)).map(({ recipientId }) => recipientId)

    const thread = await open(head, organisation)
    await watch(day)
    t.deepEqual([await isLate(operator), await hearers()], [[false], []], 'a day is not longer than a day')
    await reply(head, thread, 'Ещё раз здравствуйте', 60)
    for (const minutes of [day + 1, day + 11]) await watch(minutes)
    t.deepEqual(await hearers(), [operator.id, colleague.id], 'nobody has taken it: the whole office, once')
    t.deepEqual([await isLate(operator), await isLate(head)], [[true], [false]])
    t.true((await conversation(operator, { threadId: thread.id })).thread.isLate)

    await reply(operator, thread, 'Отправили', day + 20)
    t.deepEqual([await isLate(operator), await hearers()], [[false], []], 'it is answered')
    await reply(head, thread, 'Не получили', day + 30)
    for (const minutes of [2 * day + 31, 2 * day + 41]) await watch(minutes)
    t.deepEqual(await hearers(), [operator.id], 'who answers hears alone')
    await closeThread(as(operator, later(2 * day + 50)), { threadId: thread.id })
    t.deepEqual([await isLate(operator), await hearers()], [[false], []])
  }),
)
