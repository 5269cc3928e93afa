/** A register that is cancelled, cut off or killed never hangs, tells the truth about itself, and can be made again. */
import { filesOnDisk } from './_storage.ts'
import test from 'ava'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Export } from '../../src/models/export.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { cancelExport, requestRegister, retryExport } from '../../src/operations/exports/export-register.ts'
import { scopeFor } from '../../src/policies/define-policy.ts'
import type { Actor } from '../../src/policies/actor.ts'
import { countRegister, selectionOf } from '../../src/queries/reports/read-register.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { fileStore } from '../../src/storage/files.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { as, buildPaidInvoice } from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { allSettled, counts, hasty, startProcess } from './_processes.ts'
import { buildShop } from './_sales.ts'

await isolatedDatabase()

const topic: Topic = 'export.run'
const policies = { [topic]: { ...hasty, batchSize: 1 } }

/** The lines of one invoice repeated until there are so many of its office. */
async function manyLines(count: number): Promise<Actor> {
  const shop = await buildShop()
  const { invoice, lines, operator } = await buildPaidInvoice({ ...shop, products: [shop.service] })
  await rows(`insert into invoice_lines (office_id, organisation_id, invoice_id, position, name, kind, unit, unit_code,
      quantity, price_minor, currency, vat_percent, net_minor, vat_minor, total_minor, state, paid_on)
    select office_id, organisation_id, invoice_id, g + 1, name, kind, unit, unit_code,
      quantity, price_minor, currency, vat_percent, net_minor, vat_minor, total_minor, state, paid_on
    from invoice_lines, generate_series(1, ${count - 1}) as g where id = ${lines[0]!.id} and invoice_id = ${invoice.id}`)
  await rows('analyze')
  return operator
}

/** The register of everything the actor may see, as a list orders it. */
async function order(actor: Actor): Promise<Export> {
  const condition = selectionOf(InvoiceLine, scopeFor(actor, InvoiceLine))
  return requestRegister(as(actor), {
    condition,
    officeId: actor.officeId,
    rowsExpected: await countRegister({ condition, order: 'l.id' }),
    language: 'ru',
  })
}

const stateOf = async ({ id }: Export) => (await Export.findByPk(id, { rejectOnEmpty: true })).state

const isRunning = (made: Export) =>
  until(
    async () =>
      (
        await counts<'n'>(
          `select count(*)::integer as n from exports where id = ${made.id} and rows_done > 0`,
        )
      ).n === 1,
    'the first rows',
  )

test.serial('50,000 rows: own office only, sums of the database, one whole file', async (t) => {
  await manyLines(10)
  const operator = await manyLines(50_000)
  const made = await order(operator)
  const worker = startProcess(t, { topics: [topic], policies })
  await allSettled(topic)
  await made.reload()
  t.is(made.state, 'ready')
  t.is(made.rowsDone, 50_000)
  const [sums] = await rows<{ net: string; vat: string; total: string }>(
    `select sum(net_minor)::text as net, sum(vat_minor)::text as vat, sum(total_minor)::text as total
     from invoice_lines where office_id = ${operator.officeId}`,
  )
  t.like(made.controlMinor, sums as never)
  const file = await StoredFile.findByPk(made.fileId ?? '', { rejectOnEmpty: true })
  t.is(await fileStore().digest(file.storageKey), file.sha256)
  t.deepEqual(await filesOnDisk(), [file.storageKey])
  t.is(await worker.stop(), 0)
})

test.serial('cancelled in the middle it stops and leaves nothing', async (t) => {
  const before = await filesOnDisk()
  const operator = await manyLines(120_000)
  const made = await order(operator)
  const worker = startProcess(t, { topics: [topic], policies })
  await isRunning(made)
  await cancelExport(as(operator), { exportId: made.id })
  await until(async () => (await stateOf(made)) !== 'running', 'the export to end')
  t.is(await stateOf(made), 'cancelled')
  await allSettled(topic)
  t.deepEqual(await filesOnDisk(), before)
  t.is(await worker.stop(), 0)
})

test.serial('a killed worker: the next one begins anew and finishes once', async (t) => {
  const operator = await manyLines(60_000)
  const made = await order(operator)
  const first = startProcess(t, { topics: [topic], policies })
  await isRunning(made)
  first.child.kill('SIGKILL')
  await first.exited
  t.is(await stateOf(made), 'running')
  const second = startProcess(t, { topics: [topic], policies })
  await allSettled(topic)
  await made.reload()
  t.deepEqual([made.state, made.rowsDone], ['ready', 60_000])
  t.is(await second.stop(), 0)
})

test.serial(
  'a storage that refuses to be written: failed with a reason, and «Повторить» works',
  async (t) => {
    const operator = await manyLines(100)
    const made = await order(operator)
    await rows(`update outbox set max_attempts = 1 where topic = '${topic}' and state = 'new'`)
    const full = startProcess(t, { topics: [topic], policies }, { STORAGE_DIR: '/dev/full' })
    await allSettled(topic)
    await made.reload()
    t.is(made.state, 'failed')
    t.truthy(made.failureCode)
    t.is(await full.stop(), 0)
    await retryExport(as(operator), { exportId: made.id })
    const healthy = startProcess(t, { topics: [topic], policies })
    await allSettled(topic)
    t.is(await stateOf(made), 'ready')
    t.is(await healthy.stop(), 0)
  },
)
