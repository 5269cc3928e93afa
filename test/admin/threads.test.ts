/** Messages over HTTP, through both doors: what is read and written, by whom, and what outlives the end of a session. */
import { randomUUID } from 'node:crypto'
import test from 'ava'
import type { Conversation, MessageFile, ThreadList } from '../../admin/thread-types.ts'
import { Message } from '../../src/models/message.ts'
import { Thread } from '../../src/models/thread.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  buildClient,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildUser,
  buildVatRates,
} from '../_support/factories.ts'
import { startBackOffice, type Browser } from './_server.ts'

await isolatedDatabase()
const { signIn, browser } = startBackOffice()

test.before(buildVatRates)

const written = (body: string) => ({ key: randomUUID(), body })
const shown = async <T>(visitor: Browser, path: string) => (await visitor.get(path)).body as unknown as T
const numbers = async (visitor: Browser, root: string) =>
  (await shown<{ navigation: Record<string, { count: number }> }>(visitor, `${root}/desk/counters`))
    .navigation['messages']?.count ?? 0
const fileNamed = (name: string, content = 'Письмо без подписи') => {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return form
}

async function stage() {
  const sale = await buildIssuedInvoice()
  const { office, organisation, invoice } = sale
  const operator = await buildUser({ office })
  const head = await buildClient({ organisation })
  const desk = await signIn(operator.email)
  const client = await signIn(head.user.email, 'client')
  const open = async (body = 'Прошу перевыставить счёт') => {
    const answer = await client.post('/cabinet/desk/threads', {
      ...written(body),
      title: 'Ошибка в счёте',
      subject: { kind: 'invoice', id: invoice.id },
    })
    return (answer.body as unknown as { id: number }).id
  }
  return { office, organisation, invoice, operator, head, desk, client, open }
}

test('a client asks about an invoice, the office answers, and each side counts what it has to read', async (t) => {
  const { desk, client, open, invoice, operator } = await stage()
  const id = await open()
  t.is(await numbers(desk, '/admin'), 1)
  const list = await shown<ThreadList>(desk, '/admin/desk/threads?view=waiting')
  t.is(list.items[0]?.subject.number, invoice.number)
  t.is(list.counts.waiting, 1)
  const before = await shown<Conversation>(desk, `/admin/desk/threads/${id}`)
  t.deepEqual(
    before.colleagues.map((one) => one.id),
    [operator.id],
  )
  const last = before.messages.at(-1)
  t.is((await desk.post(`/admin/desk/threads/${id}/read`, { messageId: last?.id })).status, 204)
  const answer = written('Готово, проверьте')
  t.is((await desk.post(`/admin/desk/threads/${id}/messages`, answer)).status, 201)
  t.is((await desk.post(`/admin/desk/threads/${id}/messages`, answer)).status, 201)

  t.is(await numbers(desk, '/admin'), 0)
  t.is(await numbers(client, '/cabinet'), 1)
  const told = await shown<Conversation>(client, `/cabinet/desk/threads/${id}`)
  t.deepEqual(
    told.messages.map(({ text, isMine }) => [text, isMine]),
    [
      ['Прошу перевыставить счёт', true],
      ['Готово, проверьте', false],
    ],
  )
  t.is(told.thread.assignee, null, 'who answers is the office’s own business')
  t.deepEqual(told.colleagues, [])
  t.true((told.reads[0]?.readTo ?? 0) >= (last?.id ?? 1))
  await client.post(`/cabinet/desk/threads/${id}/read`, { messageId: told.messages.at(-1)?.id })
  t.is(await numbers(client, '/cabinet'), 0)
  const empty = await client.post(`/cabinet/desk/threads/${id}/messages`, written('  '))
  t.is(empty.status, 422)
  t.regex(empty.text, /message-empty/)
  for (const step of ['close', 'reopen', 'assign'])
    t.true(
      [403, 422].includes(
        (await client.post(`/cabinet/desk/threads/${id}/${step}`, { userId: null })).status,
      ),
    )
  t.is((await desk.post(`/admin/desk/threads/${id}/close`)).status, 204)
})

test('what was typed and attached is there after the session has ended and the person signed in again', async (t) => {
  const { client, open, head } = await stage()
  const id = await open()
  const place = { threadId: id }
  const draft = { place, title: '', body: 'Дополню: счёт нужен с новым КПП' }
  t.is((await client.post('/cabinet/desk/drafts', draft)).status, 204)
  const sent = await client.post(`/cabinet/desk/drafts/files?threadId=${id}`, fileNamed('карточка.txt'))
  t.is(sent.status, 201)
  const begun = { subject: { kind: 'organisation', id: head.membership.organisationId } }
  await client.post('/cabinet/desk/drafts', { place: begun, title: 'Новая тема', body: 'Ещё не дописал' })

  await rows('delete from sessions where user_id = $id', { id: head.user.id })
  for (const path of ['drafts', `threads/${id}/messages`])
    t.is((await client.post(`/cabinet/desk/${path}`, draft)).status, 401)
  const again = await signIn(head.user.email, 'client')
  const { draft: kept } = await shown<Conversation>(again, `/cabinet/desk/threads/${id}`)
  t.is(kept.text, draft.body)
  t.deepEqual(
    kept.files.map(({ title }) => title),
    ['карточка.txt'],
  )
  const compose = await shown<{ draft: Conversation['draft'] }>(
    again,
    `/cabinet/desk/new-thread?kind=organisation&id=${head.membership.organisationId}`,
  )
  t.is(compose.draft.title, 'Новая тема')
  await again.post(`/cabinet/desk/threads/${id}/messages`, written(kept.text))
  const { messages, draft: left } = await shown<Conversation>(again, `/cabinet/desk/threads/${id}`)
  t.is(messages.at(-1)?.files.length, 1)
  t.is(left.text, '')
})

test('a file is its writer’s until it is sent, then both sides’, and never what a browser could run', async (t) => {
  const { client, desk, open, organisation } = await stage()
  const id = await open()
  const colleague = await buildClient({ organisation, role: 'employee' })
  const stranger = await buildClient({ organisation: await buildOrganisation() })
  const others = [
    ['/cabinet', await signIn(colleague.user.email, 'client')],
    ['/cabinet', await signIn(stranger.user.email, 'client')],
    ['/admin', await signIn((await buildUser()).email)],
  ] as const
  const path = `/cabinet/desk/drafts/files?threadId=${id}`
  const page = await client.post(path, fileNamed('счёт.html', '<!doctype html><script>alert(1)</script>'))
  t.is(page.status, 422)
  t.regex(page.text, /file-type-refused/)
  const sent = await client.post(path, fileNamed('карточка.txt'))
  const file = sent.body as unknown as MessageFile
  const address = (root: string) => `${root}/files/message/${file.id}`
  t.is((await client.get(address('/cabinet'))).text, 'Письмо без подписи')
  t.is((await desk.get(address('/admin'))).status, 404, 'not sent yet')
  t.is((await desk.post(`/admin/desk/drafts/files/${file.id}/remove`)).status, 404)
  await client.post(`/cabinet/desk/threads/${id}/messages`, written(''))
  const got = await desk.get(address('/admin'))
  t.is(got.status, 200)
  t.regex(got.headers.get('content-disposition') ?? '', /^attachment/)
  for (const [root, visitor] of others) {
    t.is((await visitor.get(address(root))).status, 404)
    t.is((await visitor.post(`${root}/desk/drafts/files/${file.id}/remove`)).status, 404)
  }
  t.is((await client.post(`/cabinet/desk/drafts/files/${file.id}/remove`)).status, 404)
})

test('whoever may not read a thread takes no step in it, and learns nothing of it', async (t) => {
  const { open, client, organisation, invoice, office } = await stage()
  const id = await open('Тайна клиента')
  const [message] = await Message.findAll({ where: { threadId: id } })
  const colleague = await buildClient({ organisation, role: 'employee' })
  const applicant = await buildClient({ organisation, role: 'applicant' })
  const beside = await buildClient({ organisation: await buildOrganisation({ office }) })
  const foreign = await buildClient({
    organisation: await buildOrganisation({ office: await buildOffice() }),
  })
  const strangers = [
    ['/cabinet', await signIn(colleague.user.email, 'client')],
    ['/cabinet', await signIn(applicant.user.email, 'client')],
    ['/cabinet', await signIn(beside.user.email, 'client')],
    ['/cabinet', await signIn(foreign.user.email, 'client')],
    ['/admin', await signIn((await buildUser()).email)],
  ] as const
  const before = await Thread.findByPk(id, { rejectOnEmpty: true })
  for (const [root, visitor] of strangers) {
    const asked = [
      `threads`,
      `threads?kind=invoice&id=${invoice.id}`,
      `threads?organisationId=${organisation.id}`,
      `threads/${id}`,
      `threads/${id}?before=99999`,
      'home',
      'notifications',
      ...(root === '/admin' ? ['queue', `search?q=${encodeURIComponent('Ошибка в')}`] : []),
    ]
    for (const path of asked) {
      const { text, status } = await visitor.get(`${root}/desk/${path}`)
      t.false(/Тайна клиента|Ошибка в счёте/.test(text), `${root} ${path}`)
      if (path.startsWith(`threads/${id}`)) t.is(status, 404)
    }
    const steps: [string, object][] = [
      [`threads/${id}/messages`, written('Чужое')],
      [`threads/${id}/read`, { messageId: message?.id }],
      [`threads/${id}/assign`, { userId: null }],
      [`threads/${id}/close`, {}],
      [`threads/${id}/reopen`, {}],
      ['drafts', { place: { threadId: id }, title: '', body: 'Чужое' }],
      [`drafts/files?threadId=${id}`, fileNamed('чужое.txt')],
    ]
    for (const [path, body] of steps)
      t.is((await visitor.post(`${root}/desk/${path}`, body)).status, 404, `${root} ${path}`)
  }
  for (const [root, visitor] of strangers.slice(2)) {
    const subject = { kind: 'organisation', id: organisation.id }
    t.is((await visitor.get(`${root}/desk/new-thread?kind=organisation&id=${organisation.id}`)).status, 404)
    t.is(
      (await visitor.post(`${root}/desk/threads`, { ...written('Чужое'), title: 'Чужое', subject })).status,
      404,
    )
    t.is(
      (await visitor.post(`${root}/desk/drafts`, { place: { subject }, title: '', body: 'Чужое' })).status,
      404,
    )
  }
  const crossSite = { 'sec-fetch-site': 'cross-site' }
  const own = `/cabinet/desk/threads/${id}/messages`
  t.is((await client.post(own, written('Подделка'), crossSite)).status, 403)
  t.is((await browser().post(own, written('Никто'))).status, 401)
  t.is((await client.post(own, { ...written('Ещё поле'), side: 'office' })).status, 422)
  await before.reload()
  t.is(before.state, 'waiting_office')
  t.is(await Message.count({ where: { threadId: id } }), 1)
  t.deepEqual(await rows('select 1 from message_drafts where thread_id = $id', { id }), [])
})

test('an operator keeps prepared answers by the form of their table', async (t) => {
  const office = await buildOffice()
  const { email } = await buildUser({ office, role: 'operator' })
  const operator = await signIn(email)
  const made = await operator.post('/admin/api/resources/reply-templates/actions/new', {
    title: 'Ответ',
    body: 'Здравствуйте',
    language: 'ru',
  })
  t.is(made.body.notice?.type, 'success', JSON.stringify(made.body).slice(0, 600))
})
