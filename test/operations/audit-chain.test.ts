/** The audit trail cannot be changed through the application, and a change made past it is found. */
import { spawn } from 'node:child_process'
import test from 'ava'
import { verifyAudit } from '../../jobs/verify-audit-trail.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { sealAuditTrail, verifyAuditTrail } from '../../src/operations/audit-chain.ts'
import { operation } from '../../src/operations/operation.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { Product } from '../../src/models/product.ts'
import { buildProduct } from '../_support/factories.ts'
import { programOf } from '../_support/program.ts'

const database = await isolatedDatabase()
const program = programOf('src/audit-verify.ts')

const rename = operation('product.edit', async (_context, input: { id: number; name: string }) => {
  const product = await Product.findByPk(input.id, { rejectOnEmpty: true })
  await product.update({ name: input.name })
})

test.serial('an operation leaves who, when, before and after', async (t) => {
  const product = await buildProduct()
  await rename(systemContext('test'), { id: product.id, name: 'Сертификат ЭП, 15 мес.' })
  const { rows } = await database
    .pool(t)
    .query("select actor_name, operation, changes from audit_events where operation = 'product.edit'")
  t.deepEqual(rows, [
    {
      actor_name: 'test',
      operation: 'product.edit',
      changes: { name: { before: product.name, after: 'Сертификат ЭП, 15 мес.' } },
    },
  ])
})

test.serial('a kept record cannot be written outside an operation', async (t) => {
  const product = await Product.findOne({ rejectOnEmpty: true })
  await t.throwsAsync(product.update({ name: 'в обход' }), { message: /outside an operation/ })
})

test.serial('the database refuses to change or delete an event', async (t) => {
  const pool = database.pool(t)
  await t.throwsAsync(pool.query("update audit_events set note = 'x'"), { message: /append-only/ })
  await t.throwsAsync(pool.query('delete from audit_events'), { message: /append-only/ })
  await t.throwsAsync(pool.query('truncate audit_events cascade'), { message: /append-only/ })
  await t.throwsAsync(pool.query("update audit_seals set hash = '\\x00'"), { message: /append-only/ })
  await t.throwsAsync(pool.query('delete from audit_seals'), { message: /append-only/ })
  await t.throwsAsync(pool.query('truncate audit_seals'), { message: /append-only/ })
})

test.serial('two sealers make one chain, and it holds', async (t) => {
  const [one, other] = await Promise.all([sealAuditTrail(), sealAuditTrail()])
  t.true(one + other > 0)
  const { verified, broken } = await verifyAuditTrail()
  t.is(broken, null)
  t.is(verified, one + other)
  t.is(await sealAuditTrail(), 0)
})

test.serial('without a fault the program says how far the trail holds, and seals nothing', async (t) => {
  await rename(systemContext('test'), {
    id: (await Product.findOne({ rejectOnEmpty: true })).id,
    name: 'Позже',
  })
  const seals = 'select count(*)::integer as n from audit_seals'
  const before = await database.pool(t).query(seals)
  const { code, said } = await runVerify()
  t.is(code, 0)
  t.regex(said, /holds: \d+ events/)
  t.regex(said, /Last seal: [0-9a-f]{64}/)
  t.deepEqual((await database.pool(t).query(seals)).rows, before.rows)
  await sealAuditTrail()
})

test.serial('what came while no worker was there to seal it is no fault', async (t) => {
  const pool = database.pool(t)
  const run = `insert into job_runs (job, worker, started_at, finished_at, result)
    values ('seal-audit-trail', 'test', now() - interval '3 hours', now() - interval '3 hours', $1)`
  await pool.query(run, ['ok'])
  await pool.query(`insert into audit_events (at, actor_kind, actor_name, operation, subject_type, subject_id)
    values (now() - interval '2 hours', 'system', 'test', 'product.edit', 'products', 1)`)
  t.is((await verifyAuditTrail()).broken, null)
  await pool.query(`update job_runs set started_at = now(), finished_at = now()`)
  t.is((await verifyAuditTrail()).broken?.fault, 'event-unsealed')
  await sealAuditTrail()
  t.is((await verifyAuditTrail()).broken, null)
  await pool.query('delete from job_runs')
})

type Damage = {
  /** What somebody who owns the tables does; $1 is the event in the middle of the chain. */
  sql: string
  fault: string
  /** The row to be named, from that event. */
  row: (event: number) => RegExp
}

const damages: Record<string, Damage> = {
  'a changed event': {
    sql: `update audit_events set actor_name = 'Никто' where id = $1`,
    fault: 'event-changed',
    row: (event) => new RegExp(`audit_events ${event}:`),
  },
  'a removed event': {
    sql: `delete from audit_events where id = $1`,
    fault: 'event-missing',
    row: (event) => new RegExp(`audit_events ${event}:`),
  },
  'an event put into the past and sealed by the sealer': {
    sql: `insert into audit_events (id, at, actor_kind, actor_name, operation, subject_type, subject_id)
      overriding system value select -id, at - interval '1 day', actor_kind, 'Никто', operation, subject_type, subject_id from audit_events where id = $1`,
    fault: 'event-inserted',
    row: (event) => new RegExp(`audit_events -${event}:`),
  },
  'a seal removed from the middle': {
    sql: `delete from audit_seals where event_id = $1`,
    fault: 'seal-missing',
    row: () => /audit_seals \d+:/,
  },
  'a seal removed from the end': {
    sql: `with last as (delete from audit_seals where position = (select max(position) from audit_seals) and $1 > 0 returning event_id)
      update audit_events set at = at - interval '1 hour' from last where id = event_id`,
    fault: 'event-unsealed',
    row: (event) => new RegExp(`audit_events (?!${event}:)\\d+:`),
  },
  'a seal written anew': {
    sql: `update audit_seals set previous_hash = sha256('x') where event_id = $1`,
    fault: 'seal-changed',
    row: (event) => new RegExp(`audit_events ${event}:`),
  },
}

/** `npm run audit:verify` on the database of this file. */
const runVerify = () =>
  new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const child = spawn(process.execPath, program, {
      env: { ...process.env, LOG_LEVEL: 'fatal' },
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.stderr.on('data', (part: Buffer) => (said += part.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })

const restore = `
  alter table audit_seals disable trigger user;
  alter table audit_events disable trigger user;
  alter table audit_seals drop constraint if exists audit_seals_event_id_fkey;
  delete from audit_seals; delete from audit_events;
  insert into audit_events overriding system value select * from kept_events;
  insert into audit_seals select * from kept_seals;`

for (const [what, { sql, fault, row }] of Object.entries(damages))
  test.serial(`${what} is found by the program, which names the first row and fails`, async (t) => {
    const pool = database.pool(t)
    await pool.query(`create table if not exists kept_events as select * from audit_events;
      create table if not exists kept_seals as select * from audit_seals; ${restore}`)
    const { rows } = await pool.query('select id from audit_events order by id offset 2 limit 1')
    await pool.query(sql, [rows[0].id])
    if (fault === 'event-inserted') await sealAuditTrail()
    const { code, said } = await runVerify()
    t.is(code, 1)
    t.regex(said, new RegExp(`${row(rows[0].id).source} ${fault}`))
    await t.throwsAsync(
      async () => verifyAudit.run({ now: new Date(), period: null, signal: AbortSignal.timeout(60_000) }),
      {
        name: 'PermanentFailure',
        message: new RegExp(fault),
      },
    )
    await pool.query(restore)
  })
