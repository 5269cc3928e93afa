import { setTimeout as sleep } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { User } from '../../src/models/user.ts'
import { blockUser, editUser } from '../../src/operations/users/manage-users.ts'
import {
  actorFor,
  as,
  buildClient,
  buildOffice,
  buildOrganisation,
  buildUser,
  testPassword,
} from '../_support/factories.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { until } from '../_support/until.ts'
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn, url } = startBackOffice()

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const staff = async (overrides: object = {}) => buildUser({ office: await buildOffice(), ...overrides })
const administrator = () => as(actorFor('administrator', null), new Date())
const isIn = async (visitor: Browser, root = '/admin') =>
  (await visitor.get(`${root}/desk/profile`)).status === 200
const post = async (visitor: Browser, path: string, payload: unknown = {}, root = '/admin') =>
  JSON.parse((await visitor.post(`${root}/desk/profile/${path}`, payload)).text) as {
    result?: unknown
    refusal?: { code: string }
  }
type Seen = { sessions: { id: number; isThis: boolean; device: string | null; way: string }[] }
const seen = async (visitor: Browser) => JSON.parse((await visitor.get('/admin/desk/profile')).text) as Seen

test('a person sees their own sessions and ends one, then all others', async (t) => {
  const user = await staff()
  const [here, there, third] = [await signIn(user.email), await signIn(user.email), await signIn(user.email)]
  const { sessions } = await seen(here)
  t.is(sessions.length, 3)
  t.is(sessions.filter(({ isThis }) => isThis).length, 1)
  t.true(sessions.every(({ way }) => way === 'password'))
  const text = JSON.stringify(sessions)
  for (const visitor of [here, there, third]) {
    const sid = decodeURIComponent(visitor.cookie()).split('=s:')[1]?.split('.')[0] ?? ''
    t.true(sid.length > 20)
    t.false(text.includes(sid), 'what a cookie says is not told')
  }
  const other = (await seen(there)).sessions.find(({ isThis }) => isThis)?.id ?? 0
  t.deepEqual(await post(here, `sessions/${other}/end`), { result: null })
  t.false(await isIn(there))
  t.true(await isIn(third))
  await post(here, 'sessions/others/end')
  t.false(await isIn(third))
  t.true(await isIn(here))
  t.is((await seen(here)).sessions.length, 1)
})

test("nobody ends another's session", async (t) => {
  const [one, two] = [await staff(), await staff()]
  const [mine, theirs] = [await signIn(one.email), await signIn(two.email)]
  const id = (await seen(theirs)).sessions[0]?.id ?? 0
  t.is((await post(mine, `sessions/${id}/end`)).refusal?.code, 'not-found')
  t.true(await isIn(theirs))
})

test('a change of the password ends every other session and keeps this one', async (t) => {
  const user = await staff()
  const [here, there] = [await signIn(user.email), await signIn(user.email)]
  const wrong = await post(here, 'password', { current: 'не тот', next: 'Новая фраза 7$ тут' })
  t.is(wrong.refusal?.code, 'wrong-password')
  t.is(
    (await post(here, 'password', { current: testPassword, next: 'короткий' })).refusal?.code,
    'password-too-short',
  )
  t.deepEqual(await post(here, 'password', { current: testPassword, next: 'Новая фраза 7$ тут' }), {
    result: null,
  })
  t.true(await isIn(here))
  t.false(await isIn(there))
  // The door opens to whoever was sent to it, instead of sending them back.
  t.is((await there.get('/admin')).headers.get('location'), '/admin/login')
  t.is((await there.get('/admin/login')).status, 200)
  t.is((await here.get('/admin/login')).headers.get('location'), '/admin')
  t.is(
    (await browser().post('/admin/login', form({ email: user.email, password: testPassword }))).status,
    401,
  )
})

test('a change of role ends every session', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  await editUser(administrator(), { id: user.id, values: { role: 'accountant' } })
  t.false(await isIn(visitor))
})

test('what opens an account is changed only soon after a proof, and the proof is throttled', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  t.truthy((await post(visitor, 'factor/begin')).result)
  await db
    .pool(t)
    .query(`update sessions set sess = (sess::jsonb || '{"provedAt": 1}')::json where user_id = $1`, [
      user.id,
    ])
  t.is((await post(visitor, 'factor/begin')).refusal?.code, 'prove-first')
  t.is((await post(visitor, 'passkeys/options')).refusal?.code, 'prove-first')
  t.is((await post(visitor, 'prove', { password: 'не тот' })).refusal?.code, 'wrong-password')
  t.deepEqual(await post(visitor, 'prove', { password: testPassword }), { result: null })
  t.truthy((await post(visitor, 'factor/begin')).result)
  for (let n = 0; n < 5; n++) await post(visitor, 'prove', { password: 'не тот' })
  t.is((await post(visitor, 'prove', { password: testPassword })).refusal?.code, 'too-many-tries')
})

test('a person keeps their own name, and only theirs', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  const values = { surname: 'Ким', name: 'Мария', patronymic: null, language: 'en', timezone: 'Asia/Almaty' }
  t.deepEqual(await post(visitor, 'person', { ...values, role: 'administrator', email: 'x@y.example' }), {
    result: null,
  })
  const now = await User.findByPk(user.id, { rejectOnEmpty: true })
  t.deepEqual([now.name, now.timezone, now.role, now.email], ['Мария', 'Asia/Almaty', 'operator', user.email])
  t.is((await post(visitor, 'person', { ...values, surname: ' ' })).refusal?.code, 'invalid')
})

test('a name that was checked against papers is not changed by its owner', async (t) => {
  const { user } = await buildClient({ organisation: await buildOrganisation(), level: 'standard' })
  const visitor = await signIn(user.email, 'client')
  const values = {
    surname: 'Другая',
    name: user.name,
    patronymic: null,
    language: 'ru',
    timezone: 'Europe/Moscow',
  }
  t.is((await post(visitor, 'person', values, '/cabinet')).refusal?.code, 'name-confirmed')
  t.deepEqual(await post(visitor, 'person', { ...values, surname: user.surname }, '/cabinet'), {
    result: null,
  })
})

test('the profile of a client shows their organisation and no secrets', async (t) => {
  const organisation = await buildOrganisation()
  const { user } = await buildClient({ organisation })
  const visitor = await signIn(user.email, 'client')
  const { text } = await visitor.get('/cabinet/desk/profile')
  const profile = JSON.parse(text) as { organisation: { name: string } }
  t.is(profile.organisation.name, organisation.name)
  t.notRegex(text, /\$argon2|passwordHash|sessionVersion|"sid"/)
})

/** Opens the stream of a screen; tells when the server ended it. */
async function stream(t: ExecutionContext, visitor: Browser): Promise<() => boolean> {
  const stop = new AbortController()
  const answer = await fetch(`${await url()}/cabinet/desk/events`, {
    headers: { cookie: visitor.cookie(), 'sec-fetch-site': 'same-origin' },
    signal: stop.signal,
  })
  t.is(answer.status, 200)
  let isEnded = false
  const reader = answer.body?.getReader()
  const drain = async (): Promise<void> => {
    for (;;) {
      const part = await reader?.read()
      if (!part || part.done) break
    }
    isEnded = true
  }
  drain().catch(() => undefined)
  t.teardown(() => stop.abort())
  await sleep(500)
  t.false(isEnded)
  return () => isEnded
}

test('the open screens of a blocked person, and of an ended session, hear it at once', async (t) => {
  const organisation = await buildOrganisation()
  const { user } = await buildClient({ organisation })
  const { user: other } = await buildClient({ organisation })
  const isBlockedOut = await stream(t, await signIn(user.email, 'client'))
  const here = await signIn(other.email, 'client')
  const there = await signIn(other.email, 'client')
  const [isHereOut, isThereOut] = [await stream(t, here), await stream(t, there)]
  await blockUser(administrator(), { userId: user.id })
  await until(isBlockedOut, 'the screen of the blocked person to hear it')
  const profile = JSON.parse((await there.get('/cabinet/desk/profile')).text) as Seen
  await post(here, `sessions/${profile.sessions.find(({ isThis }) => isThis)?.id ?? 0}/end`, {}, '/cabinet')
  await until(isThereOut, 'the screen of the ended session to hear it')
  t.false(isHereOut())
})

test('somebody of two organisations says for which they come, and may change it', async (t) => {
  const [first, second] = [await buildOrganisation(), await buildOrganisation()]
  const { user, membership } = await buildClient({ organisation: first })
  await db
    .pool(t)
    .query(
      `insert into memberships (user_id, office_id, organisation_id, role, state, decided_at) values ($1, $2, $3, 'employee', 'active', now())`,
      [user.id, second.officeId, second.id],
    )
  const visitor = browser()
  await visitor.get('/cabinet/resources/our-invoices')
  const entered = await visitor.post('/cabinet/login', form({ email: user.email, password: testPassword }))
  t.is(entered.headers.get('location'), '/cabinet/place')
  const { text } = await visitor.get('/cabinet/place')
  const choices = [...text.matchAll(/value="(\d+)"/g)].map(([, id]) => id ?? '')
  t.is(choices.length, 2)
  const other = choices.find((id) => id !== String(membership.id)) ?? ''
  const chosen = await visitor.post('/cabinet/place', form({ membership: other }))
  t.is(chosen.headers.get('location'), '/cabinet/resources/our-invoices')
  const organisationOf = async () =>
    (JSON.parse((await visitor.get('/cabinet/desk/profile')).text) as { organisation: { name: string } })
      .organisation
  t.is((await organisationOf()).name, second.name)
  await visitor.post('/cabinet/place', form({ membership: String(membership.id) }))
  t.is((await organisationOf()).name, first.name)
  // A place that is not theirs changes nothing.
  const { membership: foreign } = await buildClient({ organisation: second })
  await visitor.post('/cabinet/place', form({ membership: String(foreign.id) }))
  t.is((await organisationOf()).name, first.name)
})
