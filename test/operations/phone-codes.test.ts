/** A phone is confirmed by the code of a text message: six digits, ten minutes, five tries, and none without a gateway. */
import test from 'ava'
import { codeToSend, pendingCode } from '../../src/queries/users/phone-code.ts'
import { env } from '../../src/env.ts'
import { Sms } from '../../src/models/sms.ts'
import { User } from '../../src/models/user.ts'
import { confirmPhone, sendPhoneCode } from '../../src/operations/users/phone-codes.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { phoneCodeSms } from '../../templates/sms/phone-code.ts'
import { later } from '../_support/clock.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { as, buildClient, buildOrganisation, testNow } from '../_support/factories.ts'

await isolatedDatabase()

const settings = env() as { SMS_URL?: string }
const withGateway = () => {
  settings.SMS_URL = 'http://127.0.0.1:9/sms'
}
const person = async () => (await buildClient({ organisation: await buildOrganisation() })).actor
const send = (actor: Actor, now = testNow, phone = '8 (921) 684-68-38') =>
  sendPhoneCode(as(actor, now), { phone, country: 'RU' })
const codeOf = async ({ id }: Actor, now = testNow) => {
  const code = await codeToSend(id ?? 0, now.toISOString())
  if (code === null) throw new Error('there is a code to send')
  return code
}
const enter = (actor: Actor, code: string, now = testNow) => confirmPhone(as(actor, now), { code })
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const phoneOf = async ({ id }: Actor) => {
  const { phone, phoneConfirmedAt } = await User.findByPk(id ?? 0, { rejectOnEmpty: true })
  return { phone, isConfirmed: phoneConfirmedAt !== null }
}

test.serial(
  'without a gateway no code is promised',
  isolated(async (t) => {
    delete settings.SMS_URL
    await t.throwsAsync(send(await person()), { message: 'sms-not-configured' })
    t.is(await Sms.count(), 0)
  }),
)

test.serial(
  'the code goes to the phone alone: no row holds it, and the message is one for one wish',
  isolated(async (t) => {
    withGateway()
    const actor = await person()
    await send(actor)
    const sms = await Sms.findOne({ rejectOnEmpty: true })
    const code = await codeOf(actor)
    t.regex(code, /^\d{6}$/)
    t.is(sms.phone, '+79216846838')
    const text = await phoneCodeSms.compose(sms.params, 'ru')
    t.is(text, `certdesk: код ${code}. Никому его не сообщайте.`)
    t.false(JSON.stringify([sms, await pendingCode(actor.id ?? 0)]).includes(code))
    t.deepEqual(
      await phoneOf(actor),
      { phone: null, isConfirmed: false },
      'a phone that was named is not proved',
    )
    t.deepEqual(await enter(actor, `${code.slice(0, 3)} ${code.slice(3)}`), { outcome: 'confirmed' })
    t.deepEqual(await phoneOf(actor), { phone: '+79216846838', isConfirmed: true })
    t.deepEqual(await enter(actor, code), { outcome: 'ended' }, 'no code is good twice')
    t.is(await phoneCodeSms.compose(sms.params, 'ru'), null, 'and none is sent late')
  }),
)

test.serial(
  'a new code ends the older, and is not sent sooner than after a minute',
  isolated(async (t) => {
    withGateway()
    const actor = await person()
    await send(actor)
    const first = await codeOf(actor)
    await t.throwsAsync(send(actor, later(testNow, { seconds: 59 })), { message: 'phone-code-soon' })
    const then = later(testNow, { seconds: 60 })
    await send(actor, then)
    const second = await codeOf(actor, then)
    t.is(await codeToSend(actor.id ?? 0, testNow.toISOString()), null)
    if (first !== second) t.deepEqual(await enter(actor, first, then), { outcome: 'wrong', left: 4 })
    t.deepEqual(await enter(actor, second, then), { outcome: 'confirmed' })
  }),
)

test.serial(
  'five wrong codes end it, and so do ten minutes',
  isolated(async (t) => {
    withGateway()
    const [guesser, sleeper, quick] = [await person(), await person(), await person()]
    for (const actor of [guesser, sleeper, quick]) await send(actor)
    const code = await codeOf(guesser)
    for (const left of [4, 3, 2, 1])
      t.deepEqual(await enter(guesser, wrong(code)), { outcome: 'wrong', left })
    t.deepEqual(await enter(guesser, wrong(code)), { outcome: 'ended' })
    t.deepEqual(await enter(guesser, code), { outcome: 'ended' })
    const end = later(testNow, { minutes: 10 })
    t.deepEqual(await enter(quick, await codeOf(quick), later(end, { seconds: -1 })), {
      outcome: 'confirmed',
    })
    t.deepEqual(await enter(sleeper, await codeOf(sleeper), end), { outcome: 'ended' })
    t.false((await phoneOf(sleeper)).isConfirmed)
  }),
)

test.serial(
  'the code of one person proves no phone of another, and what is no phone is refused at the field',
  isolated(async (t) => {
    withGateway()
    const [one, other] = [await person(), await person()]
    await send(one)
    await send(other, testNow, '+7 921 684-68-39')
    const [mine, theirs] = [await codeOf(one), await codeOf(other)]
    if (mine !== theirs) t.like(await enter(other, mine), { outcome: 'wrong' })
    const fault = await t.throwsAsync(send(await person(), testNow, '12'), { message: 'invalid' })
    t.like(fault, { fields: { phone: { code: 'phone-format' } } })
  }),
)
