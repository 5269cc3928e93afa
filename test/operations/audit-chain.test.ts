/** The audit trail cannot be changed through the application, and a change made past it is found. */
import test from 'ava'
import { isolatedDatabase } from '../_support/database.ts'
import { sealAuditTrail, verifyAuditTrail } from '../../src/operations/audit-chain.ts'
import { operation } from '../../src/operations/operation.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { Product } from '../../src/models/product.ts'
import { buildProduct } from '../_support/factories.ts'

const database = await isolatedDatabase()

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
})

test.serial('two sealers make one chain, and it holds', async (t) => {
  const [one, other] = await Promise.all([sealAuditTrail(), sealAuditTrail()])
  t.true(one + other > 0)
  const { verified, broken } = await verifyAuditTrail()
  t.is(broken, null)
  t.is(verified, one + other)
  t.is(await sealAuditTrail(), 0)
})

test.serial('a row changed by a superuser past the triggers is named', async (t) => {
  const pool = database.pool(t)
  const { rows } = await pool.query('select id from audit_events order by id offset 2 limit 1')
  await pool.query('alter table audit_events disable trigger user')
  await pool.query("update audit_events set actor_name = 'Никто' where id = $1", [rows[0].id])
  const { broken } = await verifyAuditTrail()
  t.like(broken, { eventId: rows[0].id, fault: 'event-changed' })
})

test.serial('an event cut out of the middle and a seal cut off the end are found', async (t) => {
  const pool = database.pool(t)
  await pool.query('alter table audit_seals disable trigger user')
  const { rows } = await pool.query('select event_id from audit_seals order by position desc limit 1')
  await pool.query('update audit_events set actor_name = $1 where actor_name = $2', ['test', 'Никто'])
  await pool.query('delete from audit_seals where event_id = $1', [rows[0].event_id])
  await pool.query("update audit_events set at = at - interval '1 hour' where id = $1", [rows[0].event_id])
  t.not((await verifyAuditTrail()).broken, null)
})
