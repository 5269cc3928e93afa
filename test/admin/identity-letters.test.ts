/** The letter with a code: on paper only, one at a time, five tries, sixty days. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import type { OwnIdentity } from '../../admin/identity-types.ts'
import { IdentityLetter } from '../../src/models/identity-letter.ts'
import { Identity } from '../../src/models/identity.ts'
import { Notification } from '../../src/models/notification.ts'
import { User } from '../../src/models/user.ts'
import {
  cancelIdentityLetter,
  enterLetterCode,
  orderIdentityLetter,
  postIdentityLetter,
  printIdentityLetter,
} from '../../src/operations/identities/identity-letters.ts'
import { submitIdentity } from '../../src/operations/identities/submit-identity.ts'
import { rows } from '../../src/queries/rows.ts'
import { later, moscow } from '../_support/clock.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  as,
  buildChecked,
  buildClient,
  buildIdentity,
  buildOffice,
  buildOrganisation,
  buildUser,
  freshPapers,
} from '../_support/factories.ts'
import { inFolder, textOf } from '../documents/_fixtures.ts'
import { startBackOffice, type Browser } from './_server.ts'

const db = await isolatedDatabase()
const { signIn, url } = startBackOffice()

const home = { postcode: '160 001', address: 'г. Вологда, ул. Заветная, д. 52, кв. 14' }
async function checked() {
  const organisation = await buildOrganisation({ office: await buildOffice() })
  return buildChecked(organisation)
}
async function printed() {
  const person = await checked()
  const letter = await orderIdentityLetter(as(person.actor), home)
  const { code } = await printIdentityLetter(as(person.operator), { letterId: letter.id })
  return { ...person, letter, code }
}
const profile = async (visitor: Browser, path: string, payload: unknown = {}) =>
  JSON.parse((await visitor.post(`/cabinet/desk/profile/identity/${path}`, payload)).text) as {
    refusal?: { code: string; params?: { count: number }; fields?: object }
  }
const levelOf = async (userId: number) => (await User.findByPk(userId, { rejectOnEmpty: true })).level
const wrong = (code: string) => (code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`)

test('a person orders a letter, the office prints and posts it, and the code of the paper confirms the person', async (t) => {
  const { user, identity, operator } = await checked()
  const visitor = await signIn(user.email, 'client')
  const clerk = await User.findByPk(operator.id ?? 0, { rejectOnEmpty: true })
  const staff = await signIn(clerk.email)
  t.deepEqual(
    Object.keys(
      (await profile(visitor, 'letter/order', { postcode: '16', address: 'дом' })).refusal?.fields ?? {},
    ),
    ['postcode', 'address'],
  )
  t.is((await profile(visitor, 'letter/order', home)).refusal, undefined)
  const letter = await IdentityLetter.findOne({ where: { userId: user.id }, rejectOnEmpty: true })
  t.is(await Notification.count({ where: { kind: 'identity-letter-ordered', recipientId: clerk.id } }), 1)
  t.is((await profile(visitor, 'letter/code', { code: 'AAAA-AAAA' })).refusal?.code, 'no-letter')

  const path = `/admin/letters/${letter.id}`
  t.is((await staff.get(path)).status, 404, 'a link prints nothing')
  t.is((await staff.post(path, {}, { 'sec-fetch-site': 'cross-site' })).status, 403)
  // Read as bytes: the helper reads text.
  const paper = await fetch((await url()) + path, {
    method: 'POST',
    headers: { cookie: staff.cookie(), 'sec-fetch-site': 'same-origin' },
  })
  t.is(paper.status, 200)
  t.is(paper.headers.get('content-type'), 'application/pdf')
  t.regex(paper.headers.get('cache-control') ?? '', /no-store/)
  let text = ''
  const bytes = Buffer.from(await paper.arrayBuffer())
  await inFolder(async (folder) => {
    await writeFile(join(folder, 'letter.pdf'), bytes)
    ;({ text } = await textOf(join(folder, 'letter.pdf')))
  })
  for (const part of ['160001', 'ул. Заветная', letter.recipientName, 'Код подтверждения личности'])
    t.true(text.replaceAll('\u00a0', ' ').includes(part), part)
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? ''

  await postIdentityLetter(as(operator), { letterId: letter.id })
  t.is(await Notification.count({ where: { kind: 'identity-letter-posted', recipientId: user.id } }), 1)
  t.deepEqual((await profile(visitor, 'letter/code', { code: wrong(code) })).refusal, {
    code: 'letter-code-wrong',
    params: { count: 4 },
  })
  t.is(
    (await profile(visitor, 'letter/code', { code: code.toLowerCase().replace('-', ' ') })).refusal,
    undefined,
  )
  t.is(await levelOf(user.id), 'confirmed')
  await identity.reload()
  t.is(identity.confirmedWay, 'post')
  t.is((await profile(visitor, 'letter/code', { code })).refusal?.code, 'no-letter', 'no code is good twice')
  const own = (await visitor.get('/cabinet/desk/profile/identity')).body as unknown as OwnIdentity
  t.is(own.level, 'confirmed')
  t.false(own.mayOrderLetter)
})

test('each print and each new letter ends the code before it', async (t) => {
  const { actor, operator, letter, code, user } = await printed()
  const second = await printIdentityLetter(as(operator), { letterId: letter.id })
  t.deepEqual(await enterLetterCode(as(actor), { code }), { outcome: 'wrong', left: 4 })
  const newer = await orderIdentityLetter(as(actor), home)
  await letter.reload()
  t.is(letter.state, 'cancelled')
  const third = await printIdentityLetter(as(operator), { letterId: newer.id })
  t.deepEqual(await enterLetterCode(as(actor), { code: second.code }), { outcome: 'wrong', left: 4 })
  await t.throwsAsync(printIdentityLetter(as(operator), { letterId: letter.id }), { message: 'forbidden' })
  t.deepEqual(await enterLetterCode(as(actor), { code: third.code }), { outcome: 'confirmed' })
  t.is(await levelOf(user.id), 'confirmed')
})

test('after the fifth wrong code the letter is over, also for the right one', async (t) => {
  const { actor, letter, code, user } = await printed()
  for (const left of [4, 3, 2, 1])
    t.deepEqual(await enterLetterCode(as(actor), { code: wrong(code) }), { outcome: 'wrong', left })
  t.deepEqual(await enterLetterCode(as(actor), { code: wrong(code) }), { outcome: 'ended' })
  await t.throwsAsync(enterLetterCode(as(actor), { code }), { message: 'no-letter' })
  await letter.reload()
  t.is(letter.state, 'expired')
  t.is(await levelOf(user.id), 'standard')
})

test('a code is good to the end of the sixtieth day, to the second', async (t) => {
  const [inTime, late] = [await printed(), await printed()]
  const end = moscow('2027-01-23 00:00')
  t.deepEqual(await enterLetterCode(as(inTime.actor, later(end, { seconds: -1 })), { code: inTime.code }), {
    outcome: 'confirmed',
  })
  t.deepEqual(await enterLetterCode(as(late.actor, end), { code: late.code }), { outcome: 'ended' })
  t.is(await levelOf(late.user.id), 'standard')
})

test('papers told anew end the letter of the old ones, and without checked papers there is none to order', async (t) => {
  const { actor, letter, code } = await printed()
  await submitIdentity(as(actor), freshPapers())
  await letter.reload()
  t.is(letter.state, 'cancelled')
  await t.throwsAsync(enterLetterCode(as(actor), { code }), { message: 'no-letter' })
  await t.throwsAsync(orderIdentityLetter(as(actor), home), { message: 'identity-not-checked' })
  const organisation = await buildOrganisation()
  const stranger = await buildClient({ organisation })
  await t.throwsAsync(orderIdentityLetter(as(stranger.actor), home), { message: 'identity-not-checked' })
  await t.throwsAsync(cancelIdentityLetter(as(stranger.actor), {}), { message: 'not-found' })
  const waiting = await buildIdentity({ organisation })
  await t.throwsAsync(orderIdentityLetter(as(waiting.actor), home), { message: 'identity-not-checked' })
})

test('the code of one person confirms nobody else, and only the own office prints', async (t) => {
  const [one, other] = [await printed(), await printed()]
  t.deepEqual(await enterLetterCode(as(other.actor), { code: one.code }), { outcome: 'wrong', left: 4 })
  const office = await buildOffice()
  for (const user of [await buildUser({ office }), await buildUser({ role: 'support' })]) {
    const visitor = await signIn(user.email)
    t.is((await visitor.post(`/admin/letters/${one.letter.id}`)).status, 403)
  }
  const client = await signIn(one.user.email, 'client')
  t.is((await client.post(`/cabinet/letters/${one.letter.id}`)).status, 404)
  t.is(await Identity.count({ where: { userId: one.user.id, state: 'checked' } }), 1)
})

test.serial('neither the code nor the address stands anywhere in the clear', async (t) => {
  const { code, operator, letter } = await printed()
  await postIdentityLetter(as(operator), { letterId: letter.id })
  const tables = await rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  for (const { name } of tables) {
    const { rows: found } = await db
      .pool(t)
      .query(`select t::text from "${name}" t where t::text ilike any ($1) limit 1`, [
        [`%${code}%`, `%${code.replace('-', '')}%`, '%Заветная%', '%160001%'],
      ])
    t.deepEqual(found, [], name)
  }
  const staff = await signIn((await buildUser({ role: 'administrator' })).email)
  const { text } = await staff.get(`/admin/api/resources/identity-letters/records/${letter.id}/show`)
  t.notRegex(text, /sealed|codePrint|v1\./)
})
