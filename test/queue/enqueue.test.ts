/** The promises of enqueue: work is part of the transaction, and one key is one message. */
import test from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { dedicatedClient } from '../../src/db/pool.ts'
import { enqueue, enqueueMany } from '../../src/queue/enqueue.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { counts } from './_processes.ts'

await isolatedDatabase()

const waiting = async (topic: string) =>
  (await counts(`select count(*)::integer as n from outbox where topic = '${topic}'`))['n']

test.serial('a message of a rolled back transaction never existed', async (t) => {
  await t.throwsAsync(
    atomic(async () => {
      await enqueue('accounting.send', { key: 'request-1', requestId: 1 })
      throw new Error('the rest failed')
    }),
    { message: 'the rest failed' },
  )
  t.is(await waiting('accounting.send'), 0)
})

test.serial('twenty sessions with one key leave one message', async (t) => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, () =>
      atomic(() => enqueue('accounting.send', { key: 'request-2', requestId: 2 })),
    ),
  )
  t.is(ids.filter((id) => id !== null).length, 1)
  t.is(await waiting('accounting.send'), 1)
})

test.serial('messages without a key are never merged', async (t) => {
  await enqueue('mail.send', { mailId: 1 })
  await enqueue('mail.send', { mailId: 1 })
  t.is(await waiting('mail.send'), 2)
})

test.serial('a payload that does not fit its topic is refused and nothing is written', async (t) => {
  await t.throwsAsync(enqueue('export.run', { exportId: -1 }))
  t.is(await waiting('export.run'), 0)
})

test.serial('ten thousand messages in one transaction wake the workers once', async (t) => {
  const client = dedicatedClient()
  await client.connect()
  let heard = 0
  client.on('notification', () => (heard += 1))
  await client.query('listen outbox')
  const added = await atomic(() =>
    enqueueMany(
      'document.generate',
      Array.from({ length: 10_000 }, (_, at) => ({ key: `document-${at}`, documentId: at + 1 })),
    ),
  )
  await client.query('select 1')
  await client.end()
  t.is(added, 10_000)
  t.is(heard, 1)
})

test.serial('a message for later keeps its hour and wakes nobody', async (t) => {
  const at = new Date(Date.now() + 3_600_000)
  const id = await enqueue('export.run', { exportId: 7 }, { at, priority: 3, maxAttempts: 2 })
  const row = await counts(
    `select extract(epoch from next_at)::float * 1000 as at, priority, max_attempts from outbox where id = ${id}`,
  )
  t.deepEqual(row, { at: at.getTime(), priority: 3, max_attempts: 2 })
})
