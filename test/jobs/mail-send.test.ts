/** Letters through real workers and a real server: what is said twice, lost or unknown, and what never is. */
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { accountingSend } from '../../jobs/handlers/accounting-send.ts'
import { mailHandler } from '../../jobs/handlers/mail-send.ts'
import { startWorker } from '../../jobs/worker.ts'
import type { BackOff } from '../../src/domain/back-off.ts'
import { smtpTransport } from '../../src/mail/transport.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Mail } from '../../src/models/mail.ts'
import type { Organisation } from '../../src/models/organisation.ts'
import { retryMail, settleNotSent, settleSent } from '../../src/operations/mails/settle-mail.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as, actorFor, buildOffice, buildReadyDocuments, buildRequest, built } from '../_support/factories.ts'
import { programOf } from '../_support/program.ts'
import { startSmtp } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'

const database = await isolatedDatabase()

const quick = {
  'mail.send': { leaseSeconds: 6 },
  'accounting.send': { backOff: { attempts: 6, delays: [0.1] } },
} as const

/** The leases of every day: a slow disk makes no letter unknown. */
const patient = { 'accounting.send': quick['accounting.send'] } as const

const soon: BackOff = { attempts: 6, delays: [0.1] }

/** A worker of this process on a server of this test. */
function startHere(t: ExecutionContext, url: string, pauses = () => soon) {
  const worker = startWorker({
    handlers: [accountingSend, mailHandler(() => smtpTransport(url), pauses)],
    jobs: [],
    policies: quick,
    sweepEveryMs: 200,
  })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= worker.stop(3000))
  t.teardown(stop)
  return { stop }
}

/** A worker process; killed at the end of the test if it still lives. */
function startProcess(t: ExecutionContext, url: string, policies: object = quick) {
  const child = spawn(process.execPath, programOf('test/jobs/_mail-worker.ts'), {
    env: { ...process.env, LOG_LEVEL: 'fatal', SMTP_URL: url, WORKER_POLICIES: JSON.stringify(policies) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()))
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  })
  return { child, ready, exited }
}

const letterOf = (request: AccountingRequest) =>
  Mail.findOne({
    where: { kind: 'accounting-request', organisationId: request.organisationId },
    rejectOnEmpty: true,
  })

const reaches = (request: AccountingRequest, state: string) =>
  until(async () => {
    const mail = await Mail.findOne({
      where: { kind: 'accounting-request', organisationId: request.organisationId },
    })
    return mail?.state === state
  }, `the letter to be ${state}`)

test.serial('a request becomes one letter, and the accepted letter a sent request', async (t) => {
  const server = await startSmtp(t)
  const { request, organisation } = await buildRequest({ state: 'queued' })
  const worker = startHere(t, server.url)
  await reaches(request, 'sent')
  await worker.stop()

  const mail = await letterOf(request)
  const [got] = server.accepted
  t.is(server.accepted.length, 1)
  t.is(got?.messageId, mail.messageId ?? '')
  t.regex(mail.serverReply ?? '', /queued as TEST/)
  t.true(got?.subject?.includes(organisation.name))
  t.deepEqual(
    got?.attachments.map(({ contentType }) => contentType),
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/json'],
  )
  t.regex(got?.text ?? '', /\/l\/\d+-[\w-]{43}/)
  t.false(JSON.stringify(mail.params).includes('-'), 'the row does not hold what opens the link')
  const sent = await request.reload()
  t.is(sent.state, 'sent')
  t.is(sent.sentTo, 'buh@certdesk.example')
})

test.serial('a refusal for now is tried again, and the request says so meanwhile', async (t) => {
  const server = await startSmtp(t, ['later', 'later'])
  const { request } = await buildRequest({ state: 'queued' })
  const worker = startHere(t, server.url)
  await until(
    async () => (await request.reload()).failureCode === 'mail.refused-for-now',
    'the delay to be told',
  )
  t.truthy(request.nextTryAt)
  await reaches(request, 'sent')
  await worker.stop()
  t.is(server.accepted.length, 1)
  t.is((await request.reload()).attempts, 3)
})

test.serial(
  'a refusal for good fails the letter and the request, with the words of the server',
  async (t) => {
    const server = await startSmtp(t, ['never'])
    const { request, office } = await buildRequest({ state: 'queued' })
    const worker = startHere(t, server.url)
    await reaches(request, 'failed')
    await worker.stop()
    const mail = await letterOf(request)
    t.is(mail.failureCode, 'mail.address-refused')
    t.regex(mail.failureText ?? '', /No such reader/)
    const failed = await request.reload()
    t.is(failed.state, 'failed')
    t.is(failed.outcome, 'undelivered')
    await t.throwsAsync(retryMail(as(actorFor('operator', office)), { mailId: mail.id }), {
      message: 'mail-retry-request',
    })
  },
)

test.serial('a server that is away loses nothing', async (t) => {
  const gone = await startSmtp(t)
  await gone.stop()
  const { request } = await buildRequest({ state: 'queued' })
  const worker = startHere(t, gone.url)
  await until(async () => (await request.reload()).attempts >= 2, 'the second failure')
  t.is((await letterOf(request)).failureCode, 'mail.server-away')
  const back = await startSmtp(t, [], gone.port)
  await reaches(request, 'sent')
  await worker.stop()
  t.is(back.accepted.length, 1)
})

test.serial('a letter of unknown fate waits for a person and is never sent again by itself', async (t) => {
  const server = await startSmtp(t, ['silence'])
  const { request, office } = await buildRequest({ state: 'queued' })
  const worker = startHere(t, server.url)
  await reaches(request, 'uncertain')
  await sleep(700)
  t.is(server.received, 1)
  t.is((await request.reload()).state, 'queued')
  const mail = await letterOf(request)
  t.is(mail.failureCode, 'mail.fate-unknown')

  const operator = actorFor('operator', office)
  await t.throwsAsync(settleNotSent(as(actorFor('operator', await buildOffice())), { mailId: mail.id }), {
    message: 'forbidden',
  })
  await settleNotSent(as(operator), { mailId: mail.id })
  await reaches(request, 'sent')
  await worker.stop()
  t.is(server.received, 2)
  t.is(server.accepted[0]?.messageId, mail.messageId ?? '')
})

test.serial('a worker killed while it waits for the reply leaves the letter unknown', async (t) => {
  const server = await startSmtp(t, ['hang'])
  const { request, office } = await buildRequest({ state: 'queued' })
  const first = startProcess(t, server.url)
  await until(() => server.received === 1, 'the server to hold the letter')
  t.is((await letterOf(request)).state, 'sending')
  first.child.kill('SIGKILL')
  await first.exited
  const second = startProcess(t, server.url)
  await second.ready
  await reaches(request, 'uncertain')
  await sleep(500)
  t.is(server.received, 1, 'it was not sent a second time')

  await settleSent(as(actorFor('operator', office)), { mailId: (await letterOf(request)).id })
  t.is((await request.reload()).state, 'sent')
  const pool = database.pool(t)
  const left = await pool.query(
    `select state from outbox where state in ('dead', 'uncertain', 'work')
    and office_id = $1`,
    [office.id],
  )
  t.deepEqual(left.rows, [], 'nothing is left to repeat')
  second.child.kill('SIGTERM')
  await second.exited
})

test.serial('two workers send one letter once', async (t) => {
  const server = await startSmtp(t)
  const workers = [startProcess(t, server.url, patient), startProcess(t, server.url, patient)]
  await Promise.all(workers.map(({ ready }) => ready))
  const requests = []
  for (let n = 0; n < 6; n++) requests.push((await buildRequest({ state: 'queued' })).request)
  for (const request of requests) await reaches(request, 'sent')
  t.is(server.accepted.length, requests.length)
  t.is(new Set(server.accepted.map(({ messageId }) => messageId)).size, requests.length)
})

const withoutAddress = (organisation: Organisation) => built(() => organisation.update({ email: null }))

test.serial('a letter without an address is not sent, and goes once there is one', async (t) => {
  const server = await startSmtp(t)
  const { documents, organisation, operator } = await buildReadyDocuments()
  await withoutAddress(organisation)
  const published = await publishDocuments(as(operator), { documentIds: documents.map(({ id }) => id) })
  t.deepEqual(published, { published: 2, withoutAddress: 1 })
  const mail = await Mail.findOne({
    where: { kind: 'documents-published', organisationId: organisation.id },
    rejectOnEmpty: true,
  })
  t.is(mail.state, 'no_address')
  await t.throwsAsync(retryMail(as(operator), { mailId: mail.id }), { message: 'mail-address-missing' })

  await built(() => organisation.update({ email: 'new@polus.example' }))
  await retryMail(as(operator), { mailId: mail.id })
  const worker = startHere(t, server.url)
  await until(async () => (await mail.reload()).state === 'sent', 'the letter')
  await worker.stop()
  t.is(server.accepted.length, 1)
  t.is(mail.recipient, 'new@polus.example')
  t.regex(server.accepted[0]?.text ?? '', /Акт №\u00a0АКТ-2026-\d+/)
  t.regex(server.accepted[0]?.text ?? '', /\/l\/\d+-/)
})

test.serial('accounting without an address fails the request at once', async (t) => {
  const server = await startSmtp(t)
  const office = await buildOffice({ email: null, accountingEmail: null })
  const { request } = await buildRequest({ office, state: 'queued' })
  const worker = startHere(t, server.url)
  await until(async () => (await request.reload()).state === 'failed', 'the failure')
  await worker.stop()
  t.is(request.failureCode, 'accounting-address-missing')
  t.is(await Mail.count({ where: { organisationId: request.organisationId } }), 0)
})

test.serial('letters of requests are written once however often the message runs', async (t) => {
  const { request } = await buildRequest({ state: 'queued' })
  const pool = database.pool(t)
  const server = await startSmtp(t)
  const worker = startHere(t, server.url)
  await reaches(request, 'sent')
  await pool.query(`insert into outbox (topic, payload, max_attempts) values ('accounting.send', $1, 5)`, [
    { requestId: request.id },
  ])
  await sleep(600)
  await worker.stop()
  t.is(await Mail.count({ where: { organisationId: request.organisationId } }), 1)
  t.is(await AccountingRequest.count({ where: { id: request.id, state: 'sent' } }), 1)
})
