import { TOTP, Secret } from 'otpauth'
import test from 'ava'
import { AuditEvent } from '../../src/models/audit-event.ts'
import { SecondFactor } from '../../src/models/second-factor.ts'
import { SignInRule } from '../../src/models/sign-in-rule.ts'
import type { User } from '../../src/models/user.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  resetSecondFactor,
} from '../../src/operations/users/second-factor.ts'
import { releaseSecondFactor, requireSecondFactor } from '../../src/operations/users/sign-in-rules.ts'
import { actorFor, actorOf, as, buildOffice, buildUser, testPassword } from '../_support/factories.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { startBackOffice } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn } = startBackOffice()

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const staff = async (overrides: object = {}) => buildUser({ office: await buildOffice(), ...overrides })
const administrator = () => as(actorFor('administrator', null), new Date())

/** What an application on a phone shows now, or so many half minutes from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Somebody who turned on codes a minute ago, so that the present one is still good. */
async function withCodes(overrides: object = {}): Promise<{ user: User; secret: string; codes: string[] }> {
  const user = await staff(overrides)
  const context = as(actorOf(user), new Date(Date.now() - 60_000))
  const { secret } = await beginSecondFactor(context, {})
  const { codes } = await confirmSecondFactor(context, { code: codeOf(secret, -2) })
  return { user, secret, codes }
}

/** The password is right; the session that waits for a code. */
async function halfIn(user: User) {
  const visitor = browser()
  const answer = await visitor.post('/admin/login', form({ email: user.email, password: testPassword }))
  return { visitor, location: answer.headers.get('location') }
}

test('the secret is sealed in the database', async (t) => {
  const { user, secret } = await withCodes()
  const factor = await SecondFactor.findByPk(user.id, { rejectOnEmpty: true })
  t.regex(factor.secret, /^v1\./)
  t.false(factor.secret.includes(secret))
})

test('a password alone opens nothing for somebody with codes', async (t) => {
  const { user, secret } = await withCodes()
  const { visitor, location } = await halfIn(user)
  t.is(location, '/admin/login/code')
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 401)
  t.is((await visitor.post('/admin/login/code', form({ code: '000000' }))).status, 401)
  const opened = await visitor.post('/admin/login/code', form({ code: codeOf(secret) }))
  t.is(opened.headers.get('location'), '/admin')
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 200)
})

test('the session id changes with the code, as it does with the password', async (t) => {
  const { user, secret } = await withCodes()
  const { visitor } = await halfIn(user)
  const before = visitor.cookie()
  await visitor.post('/admin/login/code', form({ code: codeOf(secret) }))
  t.not(visitor.cookie(), before)
  t.is((await browser().get('/admin/api/resources/invoices/actions/list', { cookie: before })).status, 401)
})

test('a code is never taken twice, nor one older than it', async (t) => {
  const { user, secret } = await withCodes()
  const code = codeOf(secret)
  const first = await halfIn(user)
  t.is((await first.visitor.post('/admin/login/code', form({ code }))).status, 303)
  const second = await halfIn(user)
  t.is((await second.visitor.post('/admin/login/code', form({ code }))).status, 401)
  t.is((await second.visitor.post('/admin/login/code', form({ code: codeOf(secret, -1) }))).status, 401)
})

test('of two who bring the same code at once, one comes in', async (t) => {
  const { user, secret } = await withCodes()
  const pair = [await halfIn(user), await halfIn(user)]
  const code = codeOf(secret)
  const answers = await Promise.all(
    pair.map(({ visitor }) => visitor.post('/admin/login/code', form({ code }))),
  )
  t.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 401])
})

test('a clock half a minute ahead is forgiven, a minute and a half is not', async (t) => {
  const { user, secret } = await withCodes()
  const { visitor } = await halfIn(user)
  t.is((await visitor.post('/admin/login/code', form({ code: codeOf(secret, 3) }))).status, 401)
  t.is((await visitor.post('/admin/login/code', form({ code: codeOf(secret, 1) }))).status, 303)
})

test('a recovery code opens once, in any spelling', async (t) => {
  const { user, codes } = await withCodes()
  const [code = ''] = codes
  const first = await halfIn(user)
  const typed = code.toUpperCase().replaceAll('-', ' ')
  t.is((await first.visitor.post('/admin/login/code', form({ code: typed }))).status, 303)
  const second = await halfIn(user)
  t.is((await second.visitor.post('/admin/login/code', form({ code }))).status, 401)
  const { rows } = await db
    .pool(t)
    .query(`select code_hash from recovery_codes where user_id = $1`, [user.id])
  t.is(rows.length, 10)
  t.false(JSON.stringify(rows).includes(code.slice(0, 5)))
})

test('guessing codes is paused, and the pause tells nothing of the account', async (t) => {
  const { user, secret } = await withCodes()
  const { visitor } = await halfIn(user)
  const statuses = []
  for (let n = 0; n < 6; n++)
    statuses.push((await visitor.post('/admin/login/code', form({ code: '000000' }))).status)
  t.deepEqual(statuses, [401, 401, 401, 401, 401, 429])
  t.is((await visitor.post('/admin/login/code', form({ code: codeOf(secret) }))).status, 429)
})

test('a half-opened session is worth nothing once the password has changed', async (t) => {
  const { user, secret } = await withCodes()
  const { visitor } = await halfIn(user)
  await db.pool(t).query('update users set session_version = session_version + 1 where id = $1', [user.id])
  const answer = await visitor.post('/admin/login/code', form({ code: codeOf(secret) }))
  t.is(answer.headers.get('location'), '/admin/login')
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 401)
})

test('turning codes on ends the other sessions', async (t) => {
  const user = await staff()
  const elsewhere = await signIn(user.email)
  const context = as(actorOf(user), new Date())
  const { secret } = await beginSecondFactor(context, {})
  await confirmSecondFactor(context, { code: codeOf(secret) })
  t.is((await elsewhere.get('/admin/api/resources/invoices/actions/list')).status, 401)
})

test.serial(
  'a role that must have a second factor is led to set one up, and nothing opens before',
  async (t) => {
    const rule = await SignInRule.findOne({ where: { role: 'accountant' }, rejectOnEmpty: true })
    const user = await staff({ role: 'accountant' })
    const visitor = await signIn(user.email)
    t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 200)
    await requireSecondFactor(administrator(), { ruleId: rule.id })
    t.teardown(() => releaseSecondFactor(administrator(), { ruleId: rule.id }))
    t.is((await visitor.get('/admin/resources/invoices')).headers.get('location'), '/admin/second-factor')
    t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 403)
    t.is((await visitor.get('/admin/desk/profile')).status, 403)

    const page = await visitor.get('/admin/second-factor')
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1]?.replaceAll(' ', '') ?? ''
    t.is(secret.length, 32)
    t.is((await visitor.post('/admin/second-factor', form({ code: '123' }))).status, 400)
    const done = await visitor.post('/admin/second-factor', form({ code: codeOf(secret) }))
    t.is(done.status, 200)
    t.is(done.text.match(/<li>[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}<\/li>/g)?.length, 10)
    t.is(done.headers.get('cache-control'), 'no-store')
    t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 200)
    t.is((await halfIn(user)).location, '/admin/login/code')
    const off = await visitor.post('/admin/desk/profile/factor/off')
    t.deepEqual(JSON.parse(off.text), { refusal: { code: 'factor-required' } })
  },
)

test('only the administrator takes a second factor off, with a reason that stays in the trail', async (t) => {
  const { user } = await withCodes()
  const elsewhere = await staff()
  await t.throwsAsync(resetSecondFactor(as(actorOf(elsewhere)), { userId: user.id, reason: 'просит' }), {
    code: 'forbidden',
  })
  await t.throwsAsync(resetSecondFactor(administrator(), { userId: user.id, reason: '  ' }), {
    code: 'invalid',
  })
  await resetSecondFactor(administrator(), { userId: user.id, reason: 'Потерял телефон, опознан лично' })
  t.is((await halfIn(user)).location, '/admin')
  const event = await AuditEvent.findOne({
    where: { operation: 'user.reset-second-factor', subjectId: user.id },
    rejectOnEmpty: true,
  })
  t.is(event.note, 'Потерял телефон, опознан лично')
})

test('no secret and no code reaches the trail, the letters or the queue', async (t) => {
  const { user, secret, codes } = await withCodes()
  const { rows } = await db.pool(t).query<{ text: string }>(
    `select string_agg(t, ' ') as text from (
       select to_json(e)::text as t from audit_events e union all
       select to_json(m)::text from mails m union all select to_json(o)::text from outbox o) all_rows`,
  )
  const text = rows[0]?.text ?? ''
  t.true(text.includes(user.email))
  for (const word of [secret, ...codes]) t.false(text.includes(word))
})
