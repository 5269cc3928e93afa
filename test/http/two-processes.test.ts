/** What the doors must hold against guessing and after an ending, over HTTP at two web processes that share one database. */
import './_trusted-proxy.ts'
import test, { type ExecutionContext } from 'ava'
import { handOverRequest } from '../../src/accounting/channels.ts'
import { seedReferenceData } from '../../seeders/reference-data.ts'
import { doors } from '../../src/http/doors.ts'
import { AccessLink } from '../../src/models/access-link.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import type { User } from '../../src/models/user.ts'
import { invitePerson } from '../../src/operations/invitations/invite-person.ts'
import { linkAddress } from '../../src/operations/links/personal-links.ts'
import { makeRegistrationLink } from '../../src/operations/registrations/registration-links.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { issuePasswordLink } from '../../src/operations/users/password-links.ts'
import type { Side } from '../../src/policies/actor.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  actorFor,
  actorOf,
  as,
  buildClient,
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildReadyDocuments,
  buildRequest,
  buildUser,
  testPassword,
  validInn,
} from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { startBackOffice, type Answer, type Browser } from '../admin/_server.ts'
import { startSecondProcess } from './_second-process.ts'

await isolatedDatabase()
const { browser, url } = startBackOffice()
const second = startSecondProcess()
test.before(seedReferenceData)

let addresses = 0
/** An address nobody has come from yet. */
function newAddress(): string {
  addresses += 1
  return `10.7.${addresses >> 8}.${addresses & 255}`
}
/** A visitor of one of the two processes, each with an address of their own unless one is given. */
const visitor = (process: number, from = newAddress()): Browser =>
  browser(process % 2 ? { at: second(), from } : { from })

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const login = (root: string, who: Browser, email: string, password: string) =>
  who.post(`${root}/login`, form({ email, password }))
const staff = async (overrides: object = {}) => buildUser({ office: await buildOffice(), ...overrides })
const client = async () => (await buildClient({ organisation: await buildOrganisation() })).user
const wrong = 'не тот пароль'

async function signedIn(user: User, side: Side, process: number): Promise<Browser> {
  const who = visitor(process)
  const { status } = await login(doors[side].root, who, user.email, testPassword)
  if (status !== 303) throw new Error(`sign-in of ${user.email} answered ${status}`)
  return who
}

test('five failures in whichever process pause the account in both, for the right password and from anywhere', async (t) => {
  const [user, other] = [await staff(), await staff()]
  for (let n = 0; n < 5; n++) t.is((await login('/admin', visitor(n), user.email, wrong)).status, 401)
  for (const process of [0, 1]) {
    const paused = await login('/admin', visitor(process), user.email.toUpperCase(), testPassword)
    t.is(paused.status, 429)
    t.true(Number(paused.headers.get('retry-after')) > 0)
    t.is((await login('/admin', visitor(process), other.email, testPassword)).status, 303)
  }
})

test('guesses sent to both processes at once are no more than the same guesses one by one', async (t) => {
  const user = await staff()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => login('/admin', visitor(n), user.email, wrong)),
  )
  t.true(answers.filter(({ status }) => status === 401).length <= 5)
  t.true(answers.every(({ status }) => status === 401 || status === 429))
})

test('fifty failures of one network in whichever process pause it in both, and nobody else', async (t) => {
  const user = await staff()
  // A household has a whole /64: every guess comes from another address of it.
  const neighbour = (n: number) => `2001:db8:7:1::${(n + 1).toString(16)}`
  const guesses = Array.from({ length: 50 }, (_, n) => n)
  const answers = await Promise.all(
    guesses.map((n) => login('/admin', visitor(n, neighbour(n)), `nobody-${n}@certdesk.example`, wrong)),
  )
  t.true(answers.every(({ status }) => status === 401))
  for (const process of [0, 1]) {
    const from = neighbour(100 + process)
    t.is((await login('/admin', visitor(process, from), user.email, testPassword)).status, 429)
    t.is((await login('/admin', visitor(process, '2001:db8:7:2::1'), user.email, testPassword)).status, 303)
  }
})

/** Everything an answer says, without what was typed and without what is made anew for each. */
function shapeOf({ status, text, headers }: Answer, typed: readonly string[]) {
  const plain = (said: string) =>
    typed
      .reduce((rest, word) => rest.replaceAll(word, 'TYPED'), said)
      .replaceAll(/nonce(?:-|=")[\w+/=]+/g, 'NONCE')
  return {
    status,
    text: plain(text),
    location: headers.get('location'),
    names: [...headers.keys()].filter((name) => name !== 'etag').toSorted(),
    policy: plain(headers.get('content-security-policy') ?? ''),
    cookies: headers.getSetCookie().map((line) => line.replaceAll(/=[^;]*/g, '')),
  }
}

/** What the first process has done with passwords, by its own figures. */
async function passwordWork(): Promise<Record<'hashed' | 'checked', number>> {
  const text = await (await fetch(`${await url()}/metrics`)).text()
  const figure = (work: string) =>
    Number(new RegExp(`^password_work_total\\{work="${work}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { hashed: figure('hashed'), checked: figure('checked') }
}

/** The answer to each of these people must be the same, after the same work. Others would be counted in: serial. */
async function alike(
  t: ExecutionContext,
  people: Readonly<Record<string, string>>,
  ask: (who: Browser, email: string) => Promise<Answer>,
): Promise<void> {
  const answers: [string, object][] = []
  for (const [name, email] of Object.entries(people)) {
    const before = await passwordWork()
    const answer = await ask(visitor(0), email)
    const after = await passwordWork()
    const work = { checked: after.checked - before.checked, hashed: after.hashed - before.hashed }
    answers.push([name, { ...shapeOf(answer, [email]), work }])
  }
  const [[, first] = ['', {}], ...rest] = answers
  for (const [name, one] of rest) t.deepEqual(one, first, name)
}

/** Addresses of every standing an account can have, and one that nobody has. */
async function everybody(): Promise<Record<string, string>> {
  const [active, blocked, invited] = [await staff(), await staff(), await staff()]
  await rows(`update users set state = 'blocked' where id = $id`, { id: blocked.id })
  await rows(`update users set state = 'invited', password_hash = null where id = $id`, { id: invited.id })
  return {
    nobody: `nobody-${active.id}@certdesk.example`,
    active: active.email,
    blocked: blocked.email,
    invited: invited.email,
    client: (await client()).email,
  }
}

test.serial('a wrong password is answered alike for everybody, and checked for everybody', async (t) => {
  // The stand-in for an unknown account is hashed once.
  await login('/admin', visitor(0), 'somebody@certdesk.example', wrong)
  for (const root of ['/admin', '/cabinet'])
    await alike(t, await everybody(), (who, email) => login(root, who, email, wrong))
  const { nobody = '', blocked = '', client: other = '' } = await everybody()
  await alike(t, { nobody, blocked, other }, (who, email) => login('/admin', who, email, testPassword))
})

test.serial('recovery says the same to everybody, and leaves the same rows', async (t) => {
  const wishes = async () =>
    (await rows<{ n: number }>(`select count(*)::int as n from outbox where topic = 'account.recover'`))[0]?.n
  for (const root of ['/admin', '/cabinet']) {
    const people = await everybody()
    const before = (await wishes()) ?? 0
    await alike(t, people, (who, email) => who.post(`${root}/forgot`, form({ email })))
    t.is(await wishes(), before + Object.keys(people).length)
  }
})

const newcomer = { surname: 'Рябов', name: 'Кирилл', patronymic: '' }

/** The cookie a browser has after it followed the link. */
async function followed(who: Browser, path: string): Promise<void> {
  await who.get(path)
}
const pathOf = (link: AccessLink) => new URL(linkAddress(link)).pathname

async function registrationPath(office: Organisation): Promise<string> {
  const context = as(actorFor('operator', office), new Date())
  const { id } = await makeRegistrationLink(context, { values: { title: 'Заявители' } })
  return pathOf(
    await AccessLink.findOne({ where: { purpose: 'registration', subjectId: id }, rejectOnEmpty: true }),
  )
}

test.serial('registration says the same to everybody, by a link and in four steps', async (t) => {
  const office = await buildOffice()
  const path = await registrationPath(office)
  await alike(t, await everybody(), async (who, email) => {
    await followed(who, path)
    return who.post('/cabinet/join', form({ ...newcomer, email }))
  })
  const password = 'Верный#Конь42'
  await alike(t, await everybody(), async (who, email) => {
    await who.post('/cabinet/register', form({ country: 'RU', kind: 'applicant', office: String(office.id) }))
    await who.post(
      '/cabinet/register/for',
      form({ taxId: validInn(7_000_001), kpp: '770101001', name: 'ООО «Новый клиент»', action: 'next' }),
    )
    await who.post('/cabinet/register/person', form({ ...newcomer, email, next: password, again: password }))
    const { text } = await who.get('/cabinet/register/agreement')
    const version = /name="version" value="(?<version>\d+)"/.exec(text)?.groups?.['version'] ?? ''
    return who.post('/cabinet/register/agreement', form({ agreed: '1', version }))
  })
})

test.serial('neither «Найти» nor an invitation tells who is here', async (t) => {
  const known = await buildOrganisation()
  const office = await buildOffice()
  await alike(t, { known: known.taxId ?? '', unknown: validInn(7_000_002) }, async (who, taxId) => {
    await who.post('/cabinet/register', form({ country: 'RU', kind: 'applicant', office: String(office.id) }))
    return who.post('/cabinet/register/for', form({ taxId, name: '', action: 'find' }))
  })
  const { user: head } = await buildClient({ organisation: known })
  const people = await everybody()
  const answers = []
  for (const email of Object.values(people)) {
    const who = await signedIn(head, 'client', 0)
    const values = { ...newcomer, email, role: 'employee' }
    const { status, body } = await who.post('/cabinet/api/resources/invitations/actions/new', values)
    answers.push({ status, notice: body.notice, errors: body.record?.errors })
  }
  for (const answer of answers) t.deepEqual(answer, answers[0])
  t.is(answers[0]?.notice?.type, 'success')
})

/** One true link of every kind, and where its page is. */
async function everyLink(): Promise<Record<string, string>> {
  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  const operator = as(actorFor('operator', office), new Date())
  const passwordPath = async (user: User) =>
    pathOf(await issuePasswordLink(systemContext('test', new Date()), { userId: user.id, purpose: 'reset' }))
  await invitePerson(operator, {
    values: { ...newcomer, email: 'invited@client.example', organisationId: organisation.id, role: 'head' },
  })
  const join = await registrationPath(office)
  const who = visitor(0)
  await followed(who, join)
  await who.post('/cabinet/join', form({ ...newcomer, email: `${office.id}@new.example` }))
  const { request } = await buildRequest({ state: 'queued', office })
  await handOverRequest(systemContext('test', new Date()), { requestId: request.id })
  const newest = async (purpose: AccessLink['purpose']) =>
    pathOf(await AccessLink.findOne({ where: { purpose }, order: [['id', 'desc']], rejectOnEmpty: true }))
  return {
    '/admin/new-password': await passwordPath(await staff()),
    '/cabinet/new-password': await passwordPath(await client()),
    '/cabinet/invitation': await newest('invitation'),
    '/cabinet/join': join,
    '/cabinet/confirm': await newest('registration_confirm'),
    '/l': await newest('accounting_answer'),
  }
}

/** Opens the page of a token, as the browser that followed the link does. */
const openPage = (who: Browser, page: string, token: string): Promise<Answer> =>
  page === '/l'
    ? who.get(`/l/${token}`)
    : who.get(page, { cookie: `certdesk.${page.split('/').at(-1)}=${token}` })

test.serial('guessed tokens of every kind are answered alike, and paused in both processes', async (t) => {
  const links = Object.entries(await everyLink()).map(([page, path]) => ({ page, token: path.slice(3) }))
  const guesser = newAddress()
  const tails = ['A', 'B'].map((letter) => letter.repeat(43))
  const others = (token: string) => [
    `${token.split('-')[0]}-${tails[0]}`,
    `999999999-${tails[1]}`,
    'letters',
    // A true one with its last letter changed.
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
  ]
  const guesses = [0, 1, 2, 3].flatMap((at) =>
    links.map(({ page, token }) => ({ page, guess: others(token)[at] ?? '' })),
  )
  t.true(guesses.length > 20)
  const pages = new Map<string, object>()
  for (const [n, { page, guess }] of guesses.entries()) {
    const answer = await openPage(visitor(n, guesser), page, guess)
    if (n >= 20) {
      t.is(answer.status, 429, `guess ${n} of ${page}`)
      continue
    }
    t.is(answer.status, 404, `${page} ${guess}`)
    const shape = shapeOf(answer, [guess])
    t.deepEqual(shape, pages.get(page) ?? shape, `${page} ${guess}`)
    pages.set(page, shape)
  }
  for (const { page, token } of links) {
    for (const process of [0, 1]) {
      const answer = await openPage(visitor(process, guesser), page, token)
      t.is(answer.status, 429, `a true link of ${page} during the pause`)
      t.true(Number(answer.headers.get('retry-after')) > 0, page)
    }
    t.is((await openPage(visitor(1), page, token)).status, 200, `${page} from elsewhere`)
  }
})

test.serial('a token of one kind opens no page of another', async (t) => {
  const links = Object.entries(await everyLink())
  for (const [page] of links)
    for (const [of, path] of links) {
      if (of === page || page === '/l' || (page.endsWith('new-password') && of.endsWith('new-password')))
        continue
      t.is((await openPage(visitor(0), page, path.slice(3))).status, 404, `${of} at ${page}`)
    }
})

test.serial('guessed codes of papers are paused in both processes', async (t) => {
  const { documents } = await buildReadyDocuments()
  const guesser = newAddress()
  for (let n = 0; n < 20; n++)
    t.is((await visitor(n, guesser).get(`/v/AAAA-BBBB-CCCC-${1000 + n}`)).status, 404)
  const path = `/v/${documents[0]?.verificationCode}`
  for (const process of [0, 1]) t.is((await visitor(process, guesser).get(path)).status, 429)
  t.is((await visitor(0).get(path)).status, 200)
})

test('every way in begins a new session, and the id before it opens nothing', async (t) => {
  const idOf = (cookie: string) => /certdesk\.(?:sid|cabinet)=[^;]+/.exec(cookie)?.[0] ?? ''
  const isIn = async (side: Side, cookie: string) =>
    (await visitor(1).get(`${doors[side].root}/desk/profile`, { cookie })).status === 200
  const check = async (side: Side, who: Browser, enter: () => Promise<Answer>, way: string) => {
    const before = idOf(who.cookie())
    t.not(before, '', `${way}: there was a session before`)
    t.is((await enter()).status, 303, way)
    const after = idOf(who.cookie())
    t.not(after, before, way)
    t.true(await isIn(side, after), way)
    t.false(await isIn(side, before), way)
  }
  for (const [side, user] of [
    ['staff', await staff()],
    ['client', await client()],
  ] as const) {
    const who = await signedIn(side === 'staff' ? await staff() : await client(), side, 0)
    await check(
      side,
      who,
      () => login(doors[side].root, who, user.email, testPassword),
      `${side} by password`,
    )
  }

  const office = await buildOffice()
  const organisation = await buildOrganisation({ office })
  await invitePerson(as(actorOf(await buildUser({ office })), new Date()), {
    values: { ...newcomer, email: 'fixed@client.example', organisationId: organisation.id, role: 'employee' },
  })
  const link = await AccessLink.findOne({
    where: { purpose: 'invitation', recipient: 'fixed@client.example' },
    rejectOnEmpty: true,
  })
  const invited = visitor(0)
  await invited.post(
    '/cabinet/register',
    form({ country: 'RU', kind: 'applicant', office: String(office.id) }),
  )
  await followed(invited, pathOf(link))
  const accept = form({ ...newcomer, next: 'Верный#Конь42', again: 'Верный#Конь42' })
  await check('client', invited, () => invited.post('/cabinet/invitation', accept), 'by an invitation')

  const forced = await staff()
  await rows('update users set must_change_password = true where id = $id', { id: forced.id })
  const who = await signedIn(forced, 'staff', 0)
  const next = 'Длинная фраза 7$'
  const change = form({ current: testPassword, next, again: next })
  await check('staff', who, () => who.post('/admin/password', change), 'by a forced change')
})

/** Opens the stream of a screen; tells when the server has ended it. */
async function screenOf(t: ExecutionContext, base: string, root: string, cookie: string) {
  const stop = new AbortController()
  const answer = await fetch(`${base}${root}/desk/events`, { headers: { cookie }, signal: stop.signal })
  t.is(answer.status, 200)
  let isEnded = false
  const drain = async () => {
    const reader = answer.body?.getReader()
    while (!(await reader?.read())?.done);
    isEnded = true
  }
  drain().catch(() => undefined)
  t.teardown(() => stop.abort())
  return () => isEnded
}

/** Somebody signed in at both processes with an open screen at each; what ends it all is done at the other process. */
async function endsAtOnce(
  t: ExecutionContext,
  side: Side,
  user: User,
  end: () => Promise<unknown>,
  holds: (who: Browser) => Promise<boolean>,
): Promise<void> {
  const { root } = doors[side]
  const sessions = [await signedIn(user, side, 0), await signedIn(user, side, 1)]
  const screens = [
    await screenOf(t, await url(), root, sessions[0]?.cookie() ?? ''),
    await screenOf(t, second(), root, sessions[1]?.cookie() ?? ''),
  ]
  for (const who of sessions) t.true(await holds(who))
  await end()
  for (const who of sessions) t.false(await holds(who))
  await until(async () => screens.every((isEnded) => isEnded()), 'the open screens to end')
}

const holdsDesk = async (who: Browser) =>
  (await who.get('/admin/api/resources/invoices/actions/list')).status === 200
const isDone = (t: ExecutionContext) => async (answer: Promise<Answer>) => {
  const { status, text, body } = await answer
  t.true(status < 400 && body.notice?.type !== 'error' && !text.includes('"refusal"'), text.slice(0, 200))
}

const stepsOfStaff: Readonly<
  Record<string, (hand: { boss: Browser; own: Browser; user: User }) => Promise<Answer>>
> = {
  'their own change of the password': ({ own }) =>
    own.post('/admin/desk/profile/password', { current: testPassword, next: 'Новая фраза 7$ тут' }),
  'their own wish': ({ own }) => own.post('/admin/desk/profile/sessions/others/end'),
  'a link of recovery': async ({ user }) => {
    const context = systemContext('test', new Date())
    const who = visitor(1)
    await followed(who, pathOf(await issuePasswordLink(context, { userId: user.id, purpose: 'reset' })))
    const next = 'Новая фраза 7$ тут'
    return who.post('/admin/new-password', form({ next, again: next }))
  },
  'a block': ({ boss, user }) => boss.post(`/admin/api/resources/users/records/${user.id}/block`),
  'a reset by the administrator': ({ boss, user }) =>
    boss.post(`/admin/api/resources/users/records/${user.id}/resetPassword`),
  'another role': ({ boss, user }) => edited(boss, user, { role: 'accountant' }),
  'another office': async ({ boss, user }) => edited(boss, user, { officeId: (await buildOffice()).id }),
}

async function edited(boss: Browser, user: User, values: object): Promise<Answer> {
  const { version } = await user.reload()
  return boss.post(`/admin/api/resources/users/records/${user.id}/edit`, { version, ...values })
}

for (const [way, step] of Object.entries(stepsOfStaff)) {
  test(`${way} ends every session and open screen of a colleague at once, in both processes`, async (t) => {
    const boss = await signedIn(await buildUser({ role: 'administrator' }), 'staff', 1)
    const user = await staff()
    const own = await signedIn(user, 'staff', 1)
    await endsAtOnce(t, 'staff', user, () => isDone(t)(step({ boss, own, user })), holdsDesk)
  })
}

const stepsOfClient: Readonly<
  Record<string, (ids: { user: number; membership: number; organisation: number }) => [Side, string]>
> = {
  'a block of the account': ({ user }) => ['staff', `/admin/api/resources/users/records/${user}/block`],
  'their departure': ({ membership }) => [
    'client',
    `/cabinet/api/resources/memberships/records/${membership}/depart`,
  ],
  'a block by their head': ({ membership }) => [
    'client',
    `/cabinet/api/resources/memberships/records/${membership}/block`,
  ],
  'a block of the organisation': ({ organisation }) => [
    'staff',
    `/admin/api/resources/organisations/records/${organisation}/block`,
  ],
}

for (const [way, step] of Object.entries(stepsOfClient)) {
  test(`${way} takes an organisation out of the hands and off the screens of a client at once`, async (t) => {
    const { organisation } = await buildIssuedInvoice()
    const { user, membership } = await buildClient({ organisation, role: 'employee' })
    const { user: head } = await buildClient({ organisation })
    const hands = {
      staff: await signedIn(await buildUser({ role: 'administrator' }), 'staff', 1),
      client: await signedIn(head, 'client', 1),
    }
    const [side, path] = step({ user: user.id, membership: membership.id, organisation: organisation.id })
    const holds = async (who: Browser) =>
      (await who.get('/cabinet/api/resources/invoices/actions/list')).body.records?.length === 1
    await endsAtOnce(t, 'client', user, () => isDone(t)(hands[side].post(path, { reason: 'Уволен' })), holds)
  })
}
