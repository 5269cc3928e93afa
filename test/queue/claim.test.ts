/** The fence, the lease and the ways a message may end. */
import test from 'ava'
import { atomic } from '../../src/db/atomic.ts'
import { pool } from '../../src/db/pool.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { closeBatches, openBatch } from '../../src/queue/batch.ts'
import { claim, finish, release, renew } from '../../src/queue/claim.ts'
import { enqueue, enqueueMany } from '../../src/queue/enqueue.ts'
import { LeaseLost } from '../../src/queue/failure.ts'
import { defineHandler } from '../../src/queue/handlers.ts'
import { queueCounts } from '../../src/queue/heartbeat.ts'
import {
  dismissMessages,
  failMessage,
  finishHere,
  retryMessages,
  sweepExpired,
} from '../../src/queue/settle.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { counts, createEffectTables } from './_processes.ts'

await isolatedDatabase()

const take = (limit = 10, leaseSeconds = 60, crashed = false) =>
  claim(pool(), 'document.generate', { limit, leaseSeconds, crashed })

const expireLeases = () =>
  sequelize.query(`update outbox set lease_until = now() - interval '1 second' where state = 'work'`)

const states = () =>
  counts(`select count(*) filter (where state = 'new')::integer as new,
    count(*) filter (where state = 'work')::integer as work,
    count(*) filter (where state = 'done')::integer as done,
    count(*) filter (where state = 'dead')::integer as dead,
    count(*) filter (where state = 'uncertain')::integer as uncertain from outbox`)

const quiet = defineHandler('document.generate', { concurrency: 1, run: async () => undefined })

const buried: { id: number; code: string }[] = []
const mourning = defineHandler('document.generate', {
  concurrency: 1,
  run: async () => undefined,
  onDead: async ({ payload }, { code }) => {
    await sequelize.query('insert into funerals (document_id, code) values ($1, $2)', {
      bind: [payload.documentId, code],
    })
    if (payload.documentId === 666) throw new Error('The funeral failed')
    buried.push({ id: payload.documentId, code })
  },
})

test.before(() => createEffectTables())

test.serial.beforeEach(async () => {
  await sequelize.query('truncate outbox, batches')
})

test.serial(
  'a worker that comes late cannot finish, fail, renew or release what another holds',
  async (t) => {
    await enqueue('document.generate', { documentId: 1 })
    const [late] = await take()
    if (!late) return t.fail()
    await expireLeases()
    await sweepExpired([quiet])
    const [holder] = await take(1, 60, true)
    if (!holder) return t.fail()
    t.is(holder.id, late.id)
    t.not(holder.token, late.token)

    t.is((await finish(pool(), [late])).size, 0)
    t.is((await renew(pool(), [late], 60)).size, 0)
    t.is((await release(pool(), [late])).size, 0)
    const failed = await failMessage(
      late,
      { code: 'x', text: 'x' },
      { delaySeconds: 0, permanent: true },
      quiet,
    )
    t.is(failed, null)
    t.is((await finish(pool(), [holder])).size, 1)
    t.like(await states(), { done: 1 })
  },
)

test.serial('the effect of a late worker is undone together with its end', async (t) => {
  await enqueue('document.generate', { documentId: 2 })
  const [late] = await take()
  if (!late) return t.fail()
  await expireLeases()
  await sweepExpired([quiet])
  await t.throwsAsync(
    atomic(async () => {
      await sequelize.query('insert into effects (document_id) values (2)')
      await finishHere([late])
    }),
    { instanceOf: LeaseLost },
  )
  t.deepEqual(await counts('select count(*)::integer as n from effects where document_id = 2'), { n: 0 })
})

test.serial('what outlived a worker is claimed alone and never beside fresh messages', async (t) => {
  await enqueueMany(
    'document.generate',
    [1, 2, 3].map((documentId) => ({ documentId })),
  )
  await take(2)
  await expireLeases()
  t.like(await sweepExpired([quiet]), { new: 2, dead: 0 })
  t.deepEqual(
    (await take()).map(({ payload }) => payload.documentId),
    [3],
  )
  t.is((await take(10, 60, true)).length, 1)
})

test.serial('higher priority goes first, then the older', async (t) => {
  await enqueue('document.generate', { documentId: 1 })
  await enqueue('document.generate', { documentId: 2 }, { priority: 5 })
  await enqueue('document.generate', { documentId: 3 })
  t.deepEqual(
    (await take(2)).map(({ payload }) => payload.documentId),
    [2, 1],
  )
})

test.serial('giving a message back does not cost it an attempt', async (t) => {
  await enqueue('document.generate', { documentId: 1 })
  await release(pool(), await take())
  t.is((await take())[0]?.attempts, 1)
})

test.serial(
  'the last failure kills the message and its business row hears of it in the same commit',
  async (t) => {
    await enqueue('document.generate', { documentId: 42 }, { maxAttempts: 2 })
    const failure = { code: 'disk-full', text: 'No space left' }
    const [first] = await take()
    if (!first) return t.fail()
    t.is(await failMessage(first, failure, { delaySeconds: 0, permanent: false }, mourning), 'new')
    const [second] = await take()
    if (!second) return t.fail()
    t.is(await failMessage(second, failure, { delaySeconds: 0, permanent: false }, mourning), 'dead')
    t.deepEqual(buried.at(-1), { id: 42, code: 'disk-full' })
    t.deepEqual(await counts(`select error_code, last_error from outbox`), {
      error_code: 'disk-full',
      last_error: 'No space left',
    } as never)
  },
)

test.serial('when the business row cannot be told, the message is not dead either', async (t) => {
  await enqueue('document.generate', { documentId: 666 }, { maxAttempts: 1 })
  const [message] = await take()
  if (!message) return t.fail()
  const failure = { code: 'internal', text: 'x' }
  await t.throwsAsync(failMessage(message, failure, { delaySeconds: 0, permanent: false }, mourning))
  t.like(await states(), { work: 1, dead: 0 })
  t.deepEqual(await counts('select count(*)::integer as n from funerals where document_id = 666'), { n: 0 })
})

test.serial('a mail whose worker died becomes uncertain and is not sent again by itself', async (t) => {
  await enqueue('mail.send', { mailId: 9 })
  await claim(pool(), 'mail.send', { limit: 1, leaseSeconds: 60 })
  await expireLeases()
  let told = 0
  const mail = defineHandler('mail.send', {
    concurrency: 1,
    run: async () => undefined,
    onUncertain: async ({ payload }) => (told = payload.mailId),
  })
  t.deepEqual(await sweepExpired([mail]), { new: 0, dead: 0, uncertain: 1 })
  t.is(told, 9)
  t.is((await claim(pool(), 'mail.send', { limit: 1, leaseSeconds: 60, crashed: true })).length, 0)
})

test.serial('a person retries a dead message or lets it be', async (t) => {
  const ids = [
    await enqueue('document.generate', { documentId: 1 }),
    await enqueue('document.generate', { documentId: 2 }),
  ]
  for (const message of await take())
    await failMessage(message, { code: 'x', text: 'x' }, { delaySeconds: 0, permanent: true }, quiet)
  t.like(await states(), { dead: 2 })
  t.deepEqual(await retryMessages([ids[0] as number]), [ids[0] as number])
  t.deepEqual(await dismissMessages([ids[1] as number], 'made by hand'), [ids[1] as number])
  t.like(await states(), { new: 1, done: 1 })
  t.is((await take())[0]?.attempts, 1)
})

test.serial('a batch is closed by its last message and opens again with a retry', async (t) => {
  const batchId = await atomic(async () => {
    const id = await openBatch({ kind: 'documents', officeId: 1, createdBy: 1, total: 2 })
    await enqueueMany('document.generate', [{ documentId: 1 }, { documentId: 2 }], { batchId: id })
    return id
  })
  const [good, bad] = await take()
  if (!good || !bad) return t.fail()
  await finish(pool(), [good])
  await closeBatches(pool(), [batchId])
  t.deepEqual(await counts('select state from batches'), { state: 'open' } as never)
  await failMessage(bad, { code: 'x', text: 'x' }, { delaySeconds: 0, permanent: true }, quiet)
  await closeBatches(pool(), [batchId])
  t.deepEqual(await counts('select state from batches'), { state: 'failed' } as never)
  await retryMessages([bad.id])
  t.deepEqual(await counts('select state from batches'), { state: 'open' } as never)
  await finish(pool(), await take())
  await closeBatches(pool(), [batchId])
  t.deepEqual(await counts('select state from batches'), { state: 'done' } as never)
})

test.serial('a hundred thousand expired leases return in one sweep', async (t) => {
  await sequelize.query(`
    insert into outbox (topic, payload, state, attempts, lease_token, lease_until)
    select 'document.generate', jsonb_build_object('documentId', n), 'work', 1, gen_random_uuid(), now() - interval '1 minute'
    from generate_series(1, 100000) as n`)
  t.deepEqual(await sweepExpired([quiet]), { new: 100_000, dead: 0, uncertain: 0 })
  t.like((await queueCounts())[0], { topic: 'document.generate', state: 'new', count: 100_000 })
})
