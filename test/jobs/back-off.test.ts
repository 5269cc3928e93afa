/** How long a real worker waits between its tries: time passes by moving what is due, never by waiting. */
import test, { type ExecutionContext } from 'ava'
import { accountingSend } from '../../jobs/handlers/accounting-send.ts'
import { mailHandler } from '../../jobs/handlers/mail-send.ts'
import { startWorker } from '../../jobs/worker.ts'
import { smtpTransport } from '../../src/mail/transport.ts'
import { Mail } from '../../src/models/mail.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as, buildReadyDocuments, buildRequest } from '../_support/factories.ts'
import { startSmtp, type Behaviour } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'

await isolatedDatabase()

const later = (times: number): Behaviour[] => Array.from({ length: times }, () => 'later')

/** A worker with the product's own pauses, on a server of this test. */
function startHere(t: ExecutionContext, url: string): void {
  const worker = startWorker({ handlers: [accountingSend, mailHandler(() => smtpTransport(url))], jobs: [] })
  t.teardown(() => worker.stop(3000))
}

type Waiting = { state: string; attempts: number; pause: number; nextAt: Date }

async function messageOf(mail: Mail): Promise<Waiting> {
  const [message] = await rows<Waiting>(
    `select state, attempts, next_at as "nextAt", extract(epoch from next_at - now())::float8 as pause
     from outbox where topic = 'mail.send' and (payload ->> 'mailId')::bigint = ${mail.id}`,
  )
  if (!message) throw new Error('the letter has no message')
  return message
}

/** Waits for the n-th failure of the letter. @returns how its message goes on */
async function failed(mail: Mail, attempts: number): Promise<Waiting> {
  let message: Waiting | undefined
  await until(async () => {
    message = await messageOf(mail)
    return message.attempts === attempts && message.state !== 'work'
  }, `failure ${attempts}`)
  return message as Waiting
}

/** The pause is over: as if it had passed. */
const passPause = () =>
  rows(`with due as (update outbox set next_at = now() where state = 'new' returning 1)
    select pg_notify('outbox', 'mail.send') from due`)

/** The announced pause, spread by a tenth, a little of which may have passed by now. */
const isPause = (t: ExecutionContext, { pause }: Waiting, seconds: number) =>
  t.true(pause > seconds * 0.9 - 20 && pause <= seconds * 1.1, `${pause} s instead of ${seconds} s`)

test.serial(
  'a request to accounting is tried after 1, 5, 15, 60, 60 minutes and fails with the sixth',
  async (t) => {
    const server = await startSmtp(t, later(6))
    const { request } = await buildRequest({ state: 'queued' })
    startHere(t, server.url)
    const where = { kind: 'accounting-request', organisationId: request.organisationId }
    await until(async () => (await Mail.count({ where })) === 1, 'the letter')
    const mail = await Mail.findOne({ where, rejectOnEmpty: true })

    for (const [index, minutes] of [1, 5, 15, 60, 60].entries()) {
      const message = await failed(mail, index + 1)
      t.is(message.state, 'new')
      isPause(t, message, minutes * 60)
      const waiting = await request.reload()
      t.is(waiting.state, 'queued')
      t.is(waiting.attempts, index + 1)
      const told = (waiting.nextTryAt?.getTime() ?? 0) - message.nextAt.getTime()
      t.true(Math.abs(told) < 30_000, 'the card tells the moment at which the worker will try')
      await passPause()
    }
    t.is((await failed(mail, 6)).state, 'dead')
    const dead = await request.reload()
    t.is(dead.state, 'failed')
    t.is(dead.outcome, 'undelivered')
    t.is(dead.nextTryAt, null)
    t.is((await mail.reload()).state, 'failed')
    t.is(server.received, 0)
  },
)

test.serial(
  'a letter to a client is tried twelve times, with pauses that grow from seconds to an hour',
  async (t) => {
    const server = await startSmtp(t, later(11))
    const { documents, operator, organisation } = await buildReadyDocuments()
    await publishDocuments(as(operator), { documentIds: documents.map(({ id }) => id) })
    const where = { kind: 'documents-published', organisationId: organisation.id }
    const mail = await Mail.findOne({ where, rejectOnEmpty: true })
    startHere(t, server.url)
    const pauses = [10, 30, 60, 120, 240, 480, 900, 1200, 1800, 1800, 3600]
    for (const [index, seconds] of pauses.entries()) {
      const message = await failed(mail, index + 1)
      t.is(message.state, 'new')
      isPause(t, message, seconds)
      await passPause()
    }
    await until(async () => (await mail.reload()).state === 'sent', 'the twelfth try')
    t.is(server.accepted.length, 1)
  },
)
