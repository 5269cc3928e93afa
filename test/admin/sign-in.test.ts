import test from 'ava'
import { User } from '../../src/models/user.ts'
import { blockUser } from '../../src/operations/users/manage-users.ts'
import { actorFor, as, buildOffice, buildUser, testPassword } from '../_support/factories.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { startBackOffice } from './_server.ts'

const db = await isolatedDatabase()
const { browser, signIn } = startBackOffice()

const credentials = (email: string, password = testPassword) => new URLSearchParams({ email, password })
const staff = async (overrides: object = {}) => buildUser({ office: await buildOffice(), ...overrides })

test('a stranger is shown the door in the language of their choice', async (t) => {
  const visitor = browser()
  t.is((await visitor.get('/admin/login')).text.match(/<html lang="(\w+)"/)?.[1], 'ru')
  t.regex((await visitor.get('/admin/login?lang=en')).text, /Staff sign-in/)
  t.regex((await visitor.get('/admin/login')).text, /Staff sign-in/)
})

test('the sign-in page is light and needs no script', async (t) => {
  const { text } = await browser().get('/admin/login')
  t.true(text.length < 20_000)
  t.regex(text, /<form id="typed" method="post" action="\/admin\/login">/)
  t.notRegex(text, /<script(?! src=)/)
})

test('a deep link is kept through the sign-in', async (t) => {
  const user = await staff()
  const visitor = browser()
  const sent = await visitor.get('/admin/resources/invoices?filters.state=paid')
  t.is(sent.headers.get('location'), '/admin/login')
  const opened = await visitor.post('/admin/login', credentials(user.email))
  t.is(opened.headers.get('location'), '/admin/resources/invoices?filters.state=paid')
})

const cookieIn = (headers: Headers, name: string) =>
  headers.getSetCookie().find((line) => line.startsWith(`${name}=`))

test('the sign-in makes a new session id, so a planted one is worth nothing', async (t) => {
  const [user, thief] = [await staff(), await staff()]
  const planted = (await signIn(thief.email)).cookie()
  const { headers } = await browser().post('/admin/login', credentials(user.email), { cookie: planted })
  const [begun = ''] = cookieIn(headers, 'certdesk.sid')?.split(';') ?? []
  t.is((await browser().get('/admin', { cookie: begun })).status, 200)
  t.false(planted.includes(begun))
  t.is((await browser().get('/admin', { cookie: planted })).status, 303)
})

test('nobody has a session, and one that has begun is told to the browser once', async (t) => {
  // An answer with a session in it that comes late would take the place of the session begun meanwhile.
  for (const root of ['/admin', '/cabinet'])
    for (const path of ['', '/login', '/forgot', '/resources/invoices', '/desk/profile']) {
      const { headers } = await browser().get(root + path)
      t.deepEqual(
        headers.getSetCookie().filter((line) => /^certdesk\.(sid|cabinet)=/.test(line)),
        [],
        root + path,
      )
    }
  const user = await staff()
  const visitor = await signIn(user.email)
  for (const path of ['/admin', '/admin/desk/profile', '/admin/api/resources/invoices/actions/list'])
    t.is(cookieIn((await visitor.get(path)).headers, 'certdesk.sid'), undefined, path)
})

test('a session lasts eight hours after what was last asked', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  const left = async () => {
    const { rows } = await db
      .pool(t)
      .query('select extract(epoch from expire - now())::int as left from sessions where user_id = $1', [
        user.id,
      ])
    return rows[0]?.left as number
  }
  t.true(Math.abs((await left()) - 8 * 3600) < 60)
  const setEnd = (when: string) =>
    db.pool(t).query(`update sessions set expire = now() + $2::interval where user_id = $1`, [user.id, when])
  await setEnd('1 minute')
  t.is((await visitor.get('/admin')).status, 200)
  t.true(Math.abs((await left()) - 8 * 3600) < 60)
  await setEnd('-1 second')
  t.is((await visitor.get('/admin')).status, 303)
})

test('what is sent without a session leads a person to the door, and is told to a script', async (t) => {
  const form = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
  const sent = (headers: Record<string, string>) =>
    browser().post('/cabinet/place', new URLSearchParams({ membership: '1' }), headers)
  const led = await sent(form)
  t.deepEqual([led.status, led.headers.get('location')], [303, '/cabinet/login'])
  const told = await sent({})
  t.deepEqual([told.status, told.body.error], [401, 'signed-out'])
})

test('the cookie is out of reach of scripts and of other sites', async (t) => {
  const user = await staff()
  const { headers } = await browser().post('/admin/login', credentials(user.email))
  const cookie = cookieIn(headers, 'certdesk.sid')
  t.regex(cookie ?? '', /HttpOnly/)
  t.regex(cookie ?? '', /SameSite=Lax/)
  t.regex(cookie ?? '', /Path=\/admin/)
})

test('an unknown address and a wrong password are answered alike', async (t) => {
  const user = await staff()
  const wrong = await browser().post('/admin/login', credentials(user.email, 'not the password'))
  const unknown = await browser().post(
    '/admin/login',
    credentials('nobody@certdesk.example', 'not the password'),
  )
  t.is(wrong.status, 401)
  t.is(unknown.status, 401)
  t.is(wrong.text.replaceAll(user.email, ''), unknown.text.replaceAll('nobody@certdesk.example', ''))
})

test('the fifth failure pauses the account, for the right password too and in every process', async (t) => {
  const user = await staff()
  for (let left = 4; left >= 0; left--) {
    const { status } = await browser().post('/admin/login', credentials(user.email, 'not the password'))
    t.is(status, 401)
  }
  const paused = await browser().post('/admin/login', credentials(user.email))
  t.is(paused.status, 429)
  t.true(Number(paused.headers.get('retry-after')) > 200)
  const [row] = (
    await db.pool(t).query(`select count(*)::int as n from sign_in_attempts where blocked_until > now()`)
  ).rows
  t.true(row.n >= 1)
})

test('a hundred guesses at once are a hundred guesses', async (t) => {
  const user = await staff()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      browser().post('/admin/login', credentials(user.email, 'not the password')),
    ),
  )
  t.true(answers.filter(({ status }) => status === 401).length <= 5)
})

test('a blocked person is out with the next click', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 200)
  await blockUser(as(actorFor('administrator', null)), { userId: user.id })
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 401)
  t.is((await browser().post('/admin/login', credentials(user.email))).status, 401)
})

test('signing out ends the session on the server', async (t) => {
  const user = await staff()
  const visitor = await signIn(user.email)
  const cookie = visitor.cookie()
  t.not((await visitor.get('/admin/logout')).status, 303)
  t.is((await visitor.post('/admin/logout')).status, 303)
  t.is((await browser().get('/admin/api/resources/invoices/actions/list', { cookie })).status, 401)
})

test('a password given by somebody else opens nothing but its own change', async (t) => {
  const user = await staff()
  await db.pool(t).query('update users set must_change_password = true where id = $1', [user.id])
  const visitor = await signIn(user.email)
  t.is((await visitor.get('/admin/resources/invoices')).headers.get('location'), '/admin/password')
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 403)
  const change = (next: string, again = next) =>
    visitor.post('/admin/password', new URLSearchParams({ current: testPassword, next, again }))
  t.is((await change('short')).status, 400)
  t.is((await change('Длинная фраза 7$', 'Длинная фраза 8$')).status, 400)
  t.is((await change('Длинная фраза 7$')).status, 303)
  t.is((await visitor.get('/admin/api/resources/invoices/actions/list')).status, 200)
  t.false((await User.findByPk(user.id, { rejectOnEmpty: true })).mustChangePassword)
})
