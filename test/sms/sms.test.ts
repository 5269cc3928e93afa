/** Text messages: what a gateway answers decides their fate, and what may have been sent is not sent again. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { smsHandler } from '../../jobs/handlers/sms-send.ts'
import { sayBriefly } from '../../admin/locale/say-notification.ts'
import { languages } from '../../src/domain/language.ts'
import { isE164, smsSegments } from '../../src/domain/sms-text.ts'
import { env } from '../../src/env.ts'
import { Sms } from '../../src/models/sms.ts'
import { chooseChannels } from '../../src/operations/notifications/choose-channels.ts'
import { deliverNotification } from '../../src/operations/notifications/deliver-notification.ts'
import { notify } from '../../src/operations/notifications/notify.ts'
import { sendSms } from '../../src/operations/sms/send-sms.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { notificationNames } from '../../src/queries/notifications/kinds.ts'
import { notificationReader } from '../../src/queries/notifications/reader.ts'
import type { Message } from '../../src/queue/claim.ts'
import { PermanentFailure } from '../../src/queue/failure.ts'
import type { Work } from '../../src/queue/handlers.ts'
import { rows } from '../../src/queries/rows.ts'
import { httpGateway, SmsFault } from '../../src/sms/gateway.ts'
import { isolated, isolatedDatabase } from '../_support/database.ts'
import { actorOf, as, buildOffice, buildUser, built, testNow } from '../_support/factories.ts'

await isolatedDatabase()

async function gatewayThat(t: ExecutionContext, answer: RequestListener, timeoutMs = 20_000) {
  const seen: { body: unknown; headers: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      seen.push({ body: JSON.parse(text), headers: request.headers })
      answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
  return { seen, url, gateway: httpGateway({ url, token: 'secret', timeoutMs }) }
}

const answering =
  (status: number, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(body)
  }

const message = { to: '+79161234567', text: 'Привет', key: 'sms-1' }

test('an accepted message has the name the gateway gave it, and was asked for with its key', async (t) => {
  const { seen, gateway } = await gatewayThat(t, answering(202, '{"id":"a-17"}'))
  t.is(await gateway.send(message), 'a-17')
  t.deepEqual(seen[0]?.body, message)
  t.like(seen[0]?.headers, { authorization: 'Bearer secret', 'idempotency-key': 'sms-1' })
  const wordless = await gatewayThat(t, answering(200, 'OK'))
  t.is(await wordless.gateway.send(message), null)
})

const fates: [string, RequestListener, SmsFault['fate'], string][] = [
  ['a refused number', answering(422, 'unknown subscriber +79161234567'), 'permanent', 'sms.number-refused'],
  ['a gateway that is busy', answering(429), 'temporary', 'sms.gateway-busy'],
  ['a key that is not accepted', answering(401), 'temporary', 'sms.sign-in-refused'],
  ['a gateway that breaks', answering(500), 'unknown', 'sms.fate-unknown'],
  ['a gateway that is silent', () => undefined, 'unknown', 'sms.fate-unknown'],
  ['a gateway that hangs up', (request) => request.socket.destroy(), 'unknown', 'sms.fate-unknown'],
  [
    'a gateway that sends us elsewhere',
    (_request, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    'unknown',
    'sms.fate-unknown',
  ],
]
for (const [what, answer, fate, code] of fates)
  test(`${what} leaves the fate ${fate}`, async (t) => {
    const { gateway } = await gatewayThat(t, answer, what.includes('silent') ? 500 : undefined)
    const fault = await t.throwsAsync(gateway.send(message), { instanceOf: SmsFault })
    t.like(fault, { fate, code })
    t.false(fault?.message.includes('9161234567'), 'a phone is not repeated in logs')
  })

test('a gateway that is not there certainly sent nothing', async (t) => {
  const closed = createServer()
  closed.listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  await once(closed, 'close')
  const gateway = httpGateway({ url: `http://127.0.0.1:${port}/` })
  const fault = await t.throwsAsync(gateway.send(message), { instanceOf: SmsFault })
  t.is(fault?.fate, 'temporary')
})

test('a text is counted in the pieces an operator bills', (t) => {
  t.is(smsSegments(''), 1)
  t.is(smsSegments('a'.repeat(160)), 1)
  t.is(smsSegments('a'.repeat(161)), 2)
  t.is(smsSegments('€'.repeat(80)), 1)
  t.is(smsSegments('€'.repeat(81)), 2)
  t.is(smsSegments('я'.repeat(70)), 1)
  t.is(smsSegments('я'.repeat(71)), 2)
  t.is(smsSegments('я'.repeat(135)), 3)
})

test('a number is E.164 or it is no number', (t) => {
  for (const phone of ['+79161234567', '+375291234567', '+77011234567']) t.true(isE164(phone), phone)
  for (const phone of ['89161234567', '+7 916 123-45-67', '+0123456789', '+', '+1234567890123456'])
    t.false(isE164(phone), phone)
})

/** What the pump would hand to the handler, for one message of the outbox. */
async function work(handler: ReturnType<typeof smsHandler>, smsId: number, attempts = 1) {
  const unit = {
    id: 1,
    topic: 'sms.send',
    payload: { smsId },
    attempts,
    maxAttempts: 12,
  } as unknown as Message
  const hands: Work = {
    signal: new AbortController().signal,
    renew: async () => undefined,
    finish: async () => undefined,
  }
  return handler.call([unit], hands)
}

async function wish(phone: string | null = '+79161234567') {
  const office = await buildOffice()
  const user = await buildUser({ office })
  await built(() =>
    notify({
      kind: 'invoices-overdue',
      subjectId: office.id,
      officeId: office.id,
      recipients: [user.id],
      params: { count: 2, fresh: 1 },
      now: testNow,
    }),
  )
  const [told] = await rows<{ id: number }>('select id from notifications where recipient_id = $id', {
    id: user.id,
  })
  const send = () =>
    sendSms({
      kind: 'notification',
      dedupKey: `test-${user.id}`,
      officeId: office.id,
      phone,
      language: 'ru',
      params: { notificationId: told!.id, userId: user.id, organisationId: null },
      now: testNow,
    })
  return { sms: await send(), again: await send() }
}

test(
  'one cause is one message; without a phone none is sent',
  isolated(async (t) => {
    const { sms, again } = await wish()
    t.is(sms.id, again.id)
    const { sms: none } = await wish('8 916 123-45-67')
    t.like(none, { state: 'no_phone', phone: null })
    const queued = await rows<{ id: number }>(
      `select (payload ->> 'smsId')::bigint as id from outbox where topic = 'sms.send'`,
    )
    t.deepEqual(queued, [{ id: sms.id }])
  }),
)

test(
  'accepted it is sent once; of unknown fate it waits for a person; refused it has failed',
  isolated(async (t) => {
    const good = await gatewayThat(t, answering(200, '{"id":7}'))
    const { sms } = await wish()
    for (let time = 0; time < 2; time += 1)
      await work(
        smsHandler(() => good.gateway),
        sms.id,
      )
    await sms.reload()
    t.like(sms, { state: 'sent', gatewayId: '7', segments: 1 })
    t.is(good.seen.length, 1)
    t.like(good.seen[0]?.body, { to: '+79161234567', text: 'certdesk: Просрочено 2 счёта' })

    const broken = await gatewayThat(t, answering(500))
    const { sms: doubtful } = await wish()
    await work(
      smsHandler(() => broken.gateway),
      doubtful.id,
    )
    await doubtful.reload()
    t.is(doubtful.state, 'uncertain')

    const strict = await gatewayThat(t, answering(400, 'no such number'))
    const { sms: refused } = await wish()
    const handler = smsHandler(() => strict.gateway)
    const fault = await t.throwsAsync(work(handler, refused.id), { instanceOf: PermanentFailure })
    await handler.onDead?.({ payload: { smsId: refused.id } } as unknown as Message, {
      code: fault.code,
      text: 'no such number',
    })
    await refused.reload()
    t.like(refused, { state: 'failed', failureCode: 'sms.number-refused' })

    await t.throwsAsync(
      work(
        smsHandler(() => null),
        refused.id,
      ),
      { instanceOf: PermanentFailure },
    )
  }),
)

test(
  'a message found half-way at the next try is of unknown fate and is not sent',
  isolated(async (t) => {
    const good = await gatewayThat(t, answering(200))
    const { sms } = await wish()
    await Sms.update({ state: 'sending' }, { where: { id: sms.id } })
    await work(
      smsHandler(() => good.gateway),
      sms.id,
      2,
    )
    await sms.reload()
    t.is(sms.state, 'uncertain')
    t.deepEqual(good.seen, [])
  }),
)

const settings = env() as { SMS_URL?: string | undefined }

/** Somebody of the office whose phone is proved, and what is to tell them. */
async function person(phone: string | null = '+79161234567') {
  const office = await buildOffice()
  const user = await buildUser({ office })
  await built(() => user.update({ phone, phoneConfirmedAt: phone === null ? null : testNow }))
  const choose = () =>
    chooseChannels(as(actorOf(user)), { kind: 'mail-failed', inBell: true, email: 'off', sms: true })
  const tell = (subjectId: number) =>
    built(() =>
      notify({ kind: 'mail-failed', subjectId, officeId: office.id, recipients: [user.id], now: testNow }),
    )
  return { user, choose, tell, reader: () => notificationReader(user.id, null) }
}

const idsOf = async (topic: string, key: string) =>
  (
    await rows<{ id: number }>(
      'select (payload ->> $key)::bigint as id from outbox where topic = $topic order by id',
      { topic, key },
    )
  ).map(({ id }) => id)

test.serial(
  'who chose text messages gets one for one event, whoever works twice; that it failed is told where it was chosen',
  isolated(async (t) => {
    const gateway = await gatewayThat(t, answering(200, '{"id":1}'))
    settings.SMS_URL = gateway.url
    t.teardown(() => delete settings.SMS_URL)
    const { user, choose, tell, reader } = await person()
    await choose()
    for (let time = 0; time < 2; time += 1) await tell(7)
    const [notificationId = 0, ...more] = await idsOf('notification.deliver', 'notificationId')
    t.deepEqual(more, [], 'one event is told once')
    for (let time = 0; time < 2; time += 1)
      await deliverNotification(as(systemActor('test')), { notificationId })
    const [smsId = 0, ...others] = await idsOf('sms.send', 'smsId')
    t.deepEqual(others, [])
    for (let time = 0; time < 2; time += 1) await work(smsHandler(), smsId)
    t.deepEqual(
      gateway.seen.map(({ body }) => body),
      [{ to: '+79161234567', text: 'certdesk: Письмо не доставлено', key: `sms-${smsId}` }],
    )
    t.is((await reader())?.phoneFailing, null)

    const strict = await gatewayThat(t, answering(400))
    settings.SMS_URL = strict.url
    await tell(8)
    const [, second = 0] = await idsOf('notification.deliver', 'notificationId')
    await deliverNotification(as(systemActor('test')), { notificationId: second })
    const [, refused = 0] = await idsOf('sms.send', 'smsId')
    const fault = await t.throwsAsync(work(smsHandler(), refused), { instanceOf: PermanentFailure })
    await smsHandler().onDead?.({ payload: { smsId: refused } } as unknown as Message, {
      code: fault.code,
      text: fault.message,
    })
    t.like((await reader())?.phoneFailing, { code: 'sms.number-refused', isCertain: true })
    await built(() => user.update({ phone: '+79161234568' }))
    t.is((await reader())?.phoneFailing, null, 'another phone has its own fate')
  }),
)

test.serial(
  'text messages are chosen only where there is a gateway and a phone that was proved',
  isolated(async (t) => {
    const { choose } = await person()
    await t.throwsAsync(choose(), { message: 'sms-no-gateway' })
    settings.SMS_URL = 'http://127.0.0.1:9/sms'
    t.teardown(() => delete settings.SMS_URL)
    await choose()
    const unproved = await person(null)
    await built(() => unproved.user.update({ phone: '+79161234567' }))
    await t.throwsAsync(unproved.choose(), { message: 'sms-no-phone' })
  }),
)

test('a text message names nobody, quotes nothing and is short', (t) => {
  const secret = 'Иванова-Петровская'
  const quoted = ['title', 'organisation', 'name', 'subject', 'product', 'reason', 'office']
  const params = {
    ...Object.fromEntries(quoted.map((name) => [name, secret])),
    number: '2026-000117',
    count: 12,
    failed: 3,
    report: 'shipments',
    job: 'Ежедневная проверка цепочки журнала изменений',
  }
  for (const language of languages)
    for (const kind of notificationNames) {
      const text = sayBriefly(language, { kind, params })
      t.false(text.includes(secret), `${kind}: ${text}`)
      t.true(text !== '' && smsSegments(`certdesk: ${text}`) <= 2, `${kind}: ${text}`)
    }
})
