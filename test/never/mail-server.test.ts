/** The mail server is away for an hour, drops connections in the middle, and the worker is killed at the worst moments. */
import './_storage.ts'
import test, { type ExecutionContext } from 'ava'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Mail } from '../../src/models/mail.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as, buildReadyDocuments, buildRequest } from '../_support/factories.ts'
import { startSmtp, type Behaviour } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'
import { counts, startProcess } from './_processes.ts'

await isolatedDatabase()

const topics: Topic[] = ['accounting.send', 'mail.send']
// Shorter than the product's, and long enough for a crowded machine.
const policies = { 'mail.send': { leaseSeconds: 20 } }
test.serial.beforeEach(() => rows(`delete from outbox where topic = 'document.generate'`))

const worker = (t: ExecutionContext, url: string, more: object = {}) =>
  startProcess(t, { topics, policies, ...more }, { SMTP_URL: url })

/** A minute of an hour passes: whatever would be tried within it is due now. */
const passMinutes = (minutes: number) =>
  rows(`with due as (update outbox set next_at = next_at - interval '${minutes} minutes' where state = 'new' returning 1)
    select pg_notify('outbox', 'mail.send') from due limit 1`)

const states = () =>
  rows<{ state: string; n: number }>('select state, count(*)::integer as n from mails group by 1 order by 1')

const inHand = async () =>
  (
    await counts<'n'>(
      `select count(*)::integer as n from outbox where state = 'work' or (state = 'new' and next_at <= now())`,
    )
  ).n

test.serial(
  'an hour without a server: nothing is lost, nothing goes twice, and all of it goes in the end',
  async (t) => {
    const gone = await startSmtp(t)
    await gone.stop()
    const requests = []
    for (let n = 0; n < 3; n += 1) requests.push((await buildRequest({ state: 'queued' })).request)
    const { documents, operator } = await buildReadyDocuments()
    await publishDocuments(as(operator), { documentIds: documents.map(({ id }) => id) })
    await rows(`delete from outbox where topic = 'document.generate'`)

    const first = worker(t, gone.url)
    await until(async () => (await Mail.count()) === 4 && (await inHand()) === 0, 'the first failures')
    for (let minute = 0; minute < 60; minute += 5) {
      await passMinutes(5)
      await until(async () => (await inHand()) === 0, `minute ${minute + 5}`)
    }
    t.deepEqual(await states(), [{ state: 'waiting', n: 4 }], 'after an hour all wait and none is given up')
    t.true(
      (await Mail.findAll()).every(
        ({ failureCode, sentAt }) => failureCode === 'mail.server-away' && !sentAt,
      ),
    )

    // The worker dies in the dark hour too; another one meets the server that is back.
    first.child.kill('SIGKILL')
    await first.exited
    const back = await startSmtp(t, [], gone.port)
    const second = worker(t, gone.url)
    await second.ready
    await passMinutes(70)
    await until(async () => (await Mail.count({ where: { state: 'sent' } })) === 4, 'all letters to be sent')
    t.is(await second.stop(), 0)
    t.is(back.received, 4)
    t.is(new Set(back.accepted.map(({ messageId }) => messageId)).size, 4)
    for (const { id } of requests)
      t.is((await AccountingRequest.findByPk(id, { rejectOnEmpty: true })).state, 'sent')
  },
)

test.serial(
  'connections that end in the middle: each letter arrives once or waits as «неизвестно»',
  async (t) => {
    await rows('truncate outbox; delete from mails')
    // Cut in the content: the server has nothing. Cut before the reply: nobody knows.
    const plan: Behaviour[] = ['cut', 'silence', 'accept', 'cut', 'silence', 'later', 'accept', 'cut']
    const server = await startSmtp(t, plan)
    for (let n = 0; n < 6; n += 1) await buildRequest({ state: 'queued' })
    await rows(`delete from outbox where topic = 'document.generate'`)
    const processes = [worker(t, server.url), worker(t, server.url)]
    await Promise.all(processes.map(({ ready }) => ready))
    await until(async () => {
      await passMinutes(120)
      const [left] = await rows<{ n: number }>(
        `select count(*)::integer as n from mails where state in ('waiting', 'sending')`,
      )
      return (await Mail.count()) === 6 && left?.n === 0
    }, 'every letter to have a fate')
    for (const one of processes) t.is(await one.stop(), 0)

    const fates = Object.fromEntries((await states()).map(({ state, n }) => [state, n]))
    t.is((fates['sent'] ?? 0) + (fates['uncertain'] ?? 0), 6, JSON.stringify(fates))
    t.true((fates['uncertain'] ?? 0) >= 2)
    const accepted = server.accepted.map(({ messageId }) => messageId ?? '')
    t.is(new Set(accepted).size, accepted.length, 'no letter arrived twice')
    const known = await Mail.findAll()
    for (const { state, messageId } of known)
      if (state === 'sent') t.true(accepted.includes(messageId ?? ''), 'what is marked sent was accepted')
    // Unknown: the whole letter may have arrived, or a part of it; the program asks a person and never sends it again.
    const before = server.received
    const again = worker(t, server.url)
    await again.ready
    await passMinutes(600)
    await until(async () => (await inHand()) === 0, 'nothing to be done')
    t.is(server.received, before)
    t.is(await again.stop(), 0)
  },
)

test.serial(
  'killed after the server took the letter and before the commit: «неизвестно», never a second one',
  async (t) => {
    await rows('truncate outbox; delete from mails')
    const server = await startSmtp(t)
    const { request } = await buildRequest({ state: 'queued' })
    await rows(`delete from outbox where topic = 'document.generate'`)
    // Of the two commits, the first hands the request over and the second would mark the letter sent.
    const mortal = worker(t, server.url, { dieAtFinish: 2 })
    t.is(await mortal.exited, 'SIGKILL')
    t.is(server.accepted.length, 1)
    const [mail] = await Mail.findAll()
    t.is(mail?.state, 'sending')

    const next = worker(t, server.url)
    await until(async () => (await mail?.reload())?.state === 'uncertain', 'the doubt')
    await passMinutes(600)
    await until(async () => (await inHand()) === 0, 'nothing to be done')
    t.is(await next.stop(), 0)
    t.is(server.received, 1)
    t.is((await request.reload()).state, 'queued', 'the request is not called sent either')
  },
)

test.serial(
  'killed while it hands the request over: the next worker does it, and there is one letter',
  async (t) => {
    await rows('truncate outbox; delete from mails')
    const server = await startSmtp(t)
    const { request } = await buildRequest({ state: 'queued' })
    await rows(`delete from outbox where topic = 'document.generate'`)
    const mortal = worker(t, server.url, { dieAtFinish: 1 })
    t.is(await mortal.exited, 'SIGKILL')
    t.is(await Mail.count(), 0, 'what was not committed did not happen')
    await rows(`update outbox set lease_until = now() - interval '1 second' where state = 'work'`)
    const next = worker(t, server.url)
    await until(async () => (await request.reload()).state === 'sent', 'the request to be sent')
    t.is(await next.stop(), 0)
    t.is(server.received, 1)
    t.is(await Mail.count(), 1)
  },
)
