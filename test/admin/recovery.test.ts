import test from 'ava'
import { accountRecover } from '../../jobs/handlers/account-recover.ts'
import { Mail } from '../../src/models/mail.ts'
import { User } from '../../src/models/user.ts'
import { linkAddress } from '../../src/operations/links/personal-links.ts'
import { blockUser } from '../../src/operations/users/manage-users.ts'
import { issuePasswordLink, type PasswordPurpose } from '../../src/operations/users/password-links.ts'
import { systemContext } from '../../src/operations/system-context.ts'
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
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn } = startBackOffice()

const fresh = 'Новая фраза 7$ для входа'
const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const staff = async () => buildUser({ office: await buildOffice() })
const client = async (overrides: object = {}) =>
  buildClient({ organisation: await buildOrganisation(), ...overrides })

/** The path of the link a letter would carry. */
const linkFor = async (userId: number, purpose: PasswordPurpose = 'reset', now = new Date()) =>
  new URL(linkAddress(await issuePasswordLink(systemContext('test', now), { userId, purpose }))).pathname

/** Follows the link as a browser does; where it ends is told without the token. */
async function follow(visitor: Browser, path: string): Promise<string> {
  const answer = await visitor.get(path)
  return answer.headers.get('location') ?? `${answer.status}`
}
const setPassword = (visitor: Browser, root: string, next = fresh, again = next) =>
  visitor.post(`${root}/new-password`, form({ next, again }))

// These count rows all tests of the file write.
test.serial(
  'a known, an unknown and a blocked address are answered alike, and the same rows are written',
  async (t) => {
    const [known, blocked] = [await staff(), await staff()]
    await blockUser(as(actorFor('administrator', null)), { userId: blocked.id })
    const waiting = async () =>
      (
        await db
          .pool(t)
          .query<{ userId: number }>(
            `select (payload ->> 'userId')::int as "userId" from outbox where topic = 'account.recover' order by id`,
          )
      ).rows
    const before = (await waiting()).length
    const answers = []
    for (const email of [known.email, 'nobody@certdesk.example', blocked.email]) {
      const { status, text } = await browser().post('/admin/forgot', form({ email }))
      answers.push({ status, text: text.replaceAll(email, '') })
    }
    t.deepEqual(answers[1], answers[0])
    t.deepEqual(answers[2], answers[0])
    t.is(answers[0]?.status, 200)
    t.deepEqual(
      (await waiting()).slice(before).map(({ userId }) => userId),
      [known.id, 0, 0],
    )
  },
)

test.serial('the door of the staff does not recover clients, nor the other way round', async (t) => {
  const { user } = await client()
  const pool = db.pool(t)
  await browser().post('/admin/forgot', form({ email: user.email }))
  await browser().post('/cabinet/forgot', form({ email: user.email.toUpperCase() }))
  const { rows } = await pool.query(
    `select (payload ->> 'userId')::int as id from outbox where topic = 'account.recover' order by outbox.id desc limit 2`,
  )
  t.deepEqual(rows, [{ id: user.id }, { id: 0 }])
})

test('the fourth wish for one address waits, whether it is known or not', async (t) => {
  const user = await staff()
  for (const email of [user.email, 'stranger@certdesk.example']) {
    const statuses = []
    for (let n = 0; n < 4; n++) statuses.push((await browser().post('/admin/forgot', form({ email }))).status)
    t.deepEqual(statuses, [200, 200, 200, 429])
  }
})

test('the worker writes one letter, to the address of the account', async (t) => {
  const user = await staff()
  let finished = 0
  const run = (userId: number) =>
    accountRecover.call(
      [{ payload: { userId } }] as never,
      { finish: async () => void (finished += 1) } as never,
    )
  await run(user.id)
  await run(0)
  t.is(finished, 2)
  const letters = await Mail.findAll({ where: { kind: 'password-link', recipient: user.email } })
  t.is(letters.length, 1)
  t.deepEqual(Object.keys(letters[0]?.params ?? {}).toSorted(), ['linkId', 'purpose', 'userId'])
})

test('a link leads to a page without the token in its address, sets the password once and ends every session', async (t) => {
  const user = await staff()
  const elsewhere = await signIn(user.email)
  const path = await linkFor(user.id)
  const visitor = browser()
  const arrived = await visitor.get(path)
  t.is(arrived.status, 303)
  t.is(arrived.headers.get('location'), '/admin/new-password')
  t.regex(arrived.headers.getSetCookie().join(), /Path=\/admin\/new-password.*HttpOnly/)
  const page = await visitor.get('/admin/new-password')
  t.is(page.status, 200)
  t.false(page.text.includes(path.slice(3)))
  t.true(page.text.includes(user.email))

  t.is((await setPassword(visitor, '/admin')).headers.get('location'), '/admin/login?done=password')
  t.is((await elsewhere.get('/admin/api/resources/invoices/actions/list')).status, 401)
  t.is(
    (await browser().post('/admin/login', form({ email: user.email, password: testPassword }))).status,
    401,
  )
  t.is((await browser().post('/admin/login', form({ email: user.email, password: fresh }))).status, 303)
  const told = await Mail.findOne({ where: { kind: 'account-changed', recipient: user.email } })
  t.is(told?.params['change'], 'password')

  const again = browser()
  t.is(await follow(again, path), '/admin/new-password')
  const refused = await again.get('/admin/new-password')
  t.is(refused.status, 410)
  t.regex(refused.text, /Ссылка уже использована/)
  t.is((await setPassword(again, '/admin', 'Другая фраза 8$ сюда')).status, 410)
  t.is((await browser().post('/admin/login', form({ email: user.email, password: fresh }))).status, 303)
})

test('looking at a link, as programs that read letters do, does not use it up', async (t) => {
  const user = await staff()
  const path = await linkFor(user.id)
  for (let n = 0; n < 3; n++) {
    const program = browser()
    await program.get(path)
    await program.get('/admin/new-password')
  }
  const visitor = browser()
  await visitor.get(path)
  t.is((await setPassword(visitor, '/admin')).status, 303)
})

test('a newer link ends the older, and says so', async (t) => {
  const user = await staff()
  const [older, newer] = [await linkFor(user.id), await linkFor(user.id)]
  const visitor = browser()
  await visitor.get(older)
  t.regex((await visitor.get('/admin/new-password')).text, /Ссылка больше не действует/)
  await visitor.get(newer)
  t.is((await setPassword(visitor, '/admin')).status, 303)
})

test('an hour later the link is refused, and the reason told', async (t) => {
  const user = await staff()
  const path = await linkFor(user.id, 'reset', new Date(Date.now() - 3_600_000))
  const visitor = browser()
  await visitor.get(path)
  const page = await visitor.get('/admin/new-password')
  t.is(page.status, 410)
  t.regex(page.text, /Срок ссылки истёк/)
})

test('of two who use one link at once, one sets the password', async (t) => {
  const user = await staff()
  const path = await linkFor(user.id)
  const visitors = [browser(), browser()]
  for (const visitor of visitors) await visitor.get(path)
  const answers = await Promise.all(
    visitors.map((visitor, n) => setPassword(visitor, '/admin', `Фраза номер ${n} 7$ тут A`)),
  )
  t.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 410])
})

test('a blocked account is not opened by a link sent before', async (t) => {
  const user = await staff()
  const path = await linkFor(user.id)
  await blockUser(as(actorFor('administrator', null)), { userId: user.id })
  const visitor = browser()
  await visitor.get(path)
  t.is((await setPassword(visitor, '/admin')).status, 410)
  t.is((await User.findByPk(user.id, { rejectOnEmpty: true })).state, 'blocked')
})

test('an invited client chooses the first password, is active then and the address confirmed', async (t) => {
  const { user } = await client({ state: 'pending' })
  await db.pool(t).query(`update users set state = 'invited', password_hash = null where id = $1`, [user.id])
  t.is(
    (await browser().post('/cabinet/login', form({ email: user.email, password: testPassword }))).status,
    401,
  )
  const visitor = browser()
  t.is(await follow(visitor, await linkFor(user.id, 'first')), '/cabinet/new-password')
  t.regex((await visitor.get('/cabinet/new-password')).text, /не короче 8 символов/)
  t.is((await setPassword(visitor, '/cabinet', 'Qw7$rtyu')).status, 303)
  const now = await User.findByPk(user.id, { rejectOnEmpty: true })
  t.is(now.state, 'active')
  t.truthy(now.emailConfirmedAt)
  t.is(
    (await browser().post('/cabinet/login', form({ email: user.email, password: 'Qw7$rtyu' }))).status,
    303,
  )
})

test('what is wrong with a new password is told, and the link stays good', async (t) => {
  const user = await staff()
  const visitor = browser()
  await visitor.get(await linkFor(user.id))
  for (const [password, sentence] of [
    ['Qw7$rtyu', /короче 12 символов/],
    ['qw7$rtyuiopz', /заглавную букву/],
    ['Qw7!rtyuiopz', /один из знаков/],
    ['Qw7$rtyuiop^', /знак \^/],
    ['Liverpool2024#', /самых частых паролей/],
    [`Aa1$${user.email}`, /начало вашей почты/],
  ] as const) {
    const { status, text } = await setPassword(visitor, '/admin', password)
    t.is(status, 400)
    t.regex(text.replaceAll('&#39;', "'"), sentence, password)
  }
  t.regex((await setPassword(visitor, '/admin', fresh, 'не то же')).text, /Пароли не совпадают/)
  t.is((await setPassword(visitor, '/admin')).status, 303)
})

// While an address is paused its true links are not looked at either: the others of this file come from it too.
test.serial(
  'guessed tokens are paused for the address, whatever address a visitor claims to come from',
  async (t) => {
    const statuses = []
    for (let n = 0; n < 21; n++) {
      const cookie = `certdesk.new-password=${n}-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ`
      const claimed = { 'x-forwarded-for': `198.51.100.${n}` }
      statuses.push((await browser().get('/admin/new-password', { cookie, ...claimed })).status)
    }
    t.true(statuses.slice(0, 20).every((status) => status === 404))
    t.is(statuses[20], 429)
    const { rows } = await db
      .pool(t)
      .query(`select failures from sign_in_attempts where key like 'link:address:%'`)
    t.true(rows[0].failures >= 20)
    await db.pool(t).query(`delete from sign_in_attempts where key like 'link:address:%'`)
  },
)

test('a link in English leads to a page in English', async (t) => {
  const user = await staff()
  const visitor = browser()
  t.is(await follow(visitor, `${await linkFor(user.id)}?lang=en`), '/admin/new-password?lang=en')
  t.regex((await visitor.get('/admin/new-password?lang=en')).text, /New password/)
})
