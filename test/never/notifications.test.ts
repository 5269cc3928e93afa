/** Workers killed while they tell people and while they write to them: one row and one letter for each, none is lost. */
import './_storage.ts'
import test from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { chooseChannels } from '../../src/operations/notifications/choose-channels.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { actorOf, as, buildOffice, buildUser } from '../_support/factories.ts'
import { startSmtp } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'
import { allSettled, counts, hasty, startProcess, unsettled } from './_processes.ts'

await isolatedDatabase()
const telling: Topic = 'batch.closed'
const delivering: Topic = 'notification.deliver'
const sending: Topic = 'mail.send'
const people = 8
const events = 5
const all = people * events

/** Batches that have ended, each with the message by which its author is told. */
async function endBatches(): Promise<string[]> {
  const office = await buildOffice()
  const emails = []
  for (let n = 0; n < people; n += 1) {
    const person = await buildUser({ office })
    emails.push(person.email)
    await chooseChannels(as(actorOf(person)), {
      kind: 'documents-ready',
      inBell: true,
      email: 'now',
      sms: false,
    })
    await rows(
      `with ended as (
         insert into batches (kind, office_id, created_by, total, state, done_at)
         select 'documents', $office, $author, 3, 'done', now() from generate_series(1, ${events}) returning id)
       insert into outbox (topic, dedup_key, payload, max_attempts)
       select '${telling}', 'batch-' || id, jsonb_build_object('batchId', id), 8 from ended`,
      { office: office.id, author: person.id },
    )
  }
  return emails
}

const told = async () =>
  counts<'rows' | 'events'>(
    `select count(*)::integer as rows, count(distinct (recipient_id, subject_id))::integer as events from notifications`,
  )

test(`${all} events, workers killed while they tell and while they write, two to finish`, async (t) => {
  const emails = await endBatches()
  const policies = { [telling]: { ...hasty, batchSize: 4 }, [delivering]: { ...hasty, batchSize: 4 } }
  const tellers = { topics: [telling], policies }

  // In the middle of telling: the row is asked for and not there yet.
  await atomic(async () => {
    await rows('lock table notifications in share mode')
    const worker = startProcess(t, tellers)
    const isAsking = async () =>
      (
        await counts<'n'>(
          `select count(*)::integer as n from pg_locks where relation = 'notifications'::regclass and not granted
             and database = (select oid from pg_database where datname = current_database())`,
        )
      ).n > 0
    await until(isAsking, 'a worker to tell somebody')
    worker.child.kill('SIGKILL')
    t.is(await worker.exited, 'SIGKILL')
  })
  t.deepEqual(await told(), { rows: 0, events: 0 }, 'what was not committed did not happen')

  // Told, and the end of the message not written: whoever does it again finds it done.
  t.is(await startProcess(t, { ...tellers, dieAfterCall: 3 }).exited, 'SIGKILL')
  const halfway = await told()
  t.true(halfway.rows >= 3 && halfway.rows < all, JSON.stringify(halfway))

  // Inside the transaction of the letters, once at the first of them and once later.
  const writers = { topics: [telling, delivering], policies }
  for (const dieAtFinish of [1, 2]) t.is(await startProcess(t, { ...writers, dieAtFinish }).exited, 'SIGKILL')
  t.true(
    (await unsettled(telling)) + (await unsettled(delivering)) > 0,
    'the kills came too late to prove anything',
  )

  const server = await startSmtp(t)
  const last = { topics: [telling, delivering, sending], policies }
  const workers = [1, 2].map(() => startProcess(t, last, { SMTP_URL: server.url }))
  for (const topic of [telling, delivering, sending]) await allSettled(topic)
  for (const worker of workers) t.is(await worker.stop(), 0)

  t.deepEqual(await told(), { rows: all, events: all })
  t.deepEqual(
    await counts(`select count(*)::integer as letters, count(distinct params ->> 'notificationId')::integer as told,
      count(*) filter (where state = 'sent')::integer as sent from mails where kind = 'notification'`),
    { letters: all, told: all, sent: all },
  )
  t.is(server.received, all)
  const readers = server.accepted.map(({ to }) =>
    (Array.isArray(to) ? to : [to]).map((one) => one?.text).join(),
  )
  for (const email of emails)
    t.is(
      readers.filter((reader) => reader.includes(email)).length,
      events,
      'each has a letter for each event',
    )
})
