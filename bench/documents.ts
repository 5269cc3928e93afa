/** Bench: acts from the click to the last one ready, with a real worker process, files on disk and rows committed. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase, pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { generateDocuments } from '../src/operations/documents/generate-documents.ts'
import type { Actor } from '../src/policies/actor.ts'
import { launched } from './launched.ts'
import { residentMegabytes } from './memory.ts'
import { products } from './products.ts'

export type DocumentsResult = {
  acts: number
  'acts/s': number
  'click, s': number
  'to ready, s': number
  'worker RSS, MB': number
  'presses RSS, MB': number
  'peak RSS, MB': number
}

const invoicesPerClick = 5000

/** A seller with a bank account, a hundred clients and `count` shipped invoices of three lines; ids of its lines by invoice. */
async function fill(count: number): Promise<{ officeId: number; lineIds: number[][] }> {
  const db = pool()
  const requisites = `country, kind, tax_id, kpp, legal_address, head_name, head_position, head_basis, state`
  const values = `'RU', 'legal', '7701234' || lpad((g % 1000)::text, 3, '0'), lpad((g % 1000000000)::text, 9, '0'),
    '115093, г. Москва, ул. Павловская, д. ' || g, 'Орлов Павел Ильич', 'Генеральный директор', 'Устава', 'active'`
  const office = await db.query<{ id: number }>(
    `with made as (select nextval(pg_get_serial_sequence('organisations', 'id')) as g)
     insert into organisations (id, office_id, roles, name, ${requisites})
     select g, g, '{seller}', 'ООО «Аттестация ' || g || '»', ${values} from made returning id`,
  )
  const officeId = office.rows[0]?.id ?? 0
  await db.query(
    `insert into organisations (office_id, name, ${requisites})
     select $1::bigint, 'АО «Полюс-Сервис ' || g || '»', ${values} from generate_series(900001, 900100) as g`,
    [officeId],
  )
  await db.query(
    `insert into bank_accounts (office_id, organisation_id, bic, bank_name, correspondent_account, account, is_main)
     select office_id, id, '044525225', 'ПАО «Банк Пример», г. Москва', '30101810400000000225',
       '4070281000000' || lpad((id % 10000000)::text, 7, '0'), true
     from organisations where office_id = $1`,
    [officeId],
  )
  await db.query(
    `insert into invoices (office_id, organisation_id, seller_id, state, number, series_number, series_year,
       issued_on, due_on, net_minor, vat_minor, total_minor, paid_minor, paid_on)
     select $1::bigint, clients[1 + g % 100], $1::bigint, 'paid', 'СЧ-2026-' || lpad(g::text, 6, '0'), g, 2026,
       current_date, current_date, 1942623, 427377, 2370000, 2370000, current_date
     from generate_series(1, $2::bigint) as g,
       (select array_agg(id) as clients from organisations where office_id = $1 and id <> $1) as known`,
    [officeId, count],
  )
  await db.query(
    `insert into invoice_lines (office_id, organisation_id, invoice_id, position, name, kind, unit, unit_code, quantity,
       price_minor, currency, vat_percent, net_minor, vat_minor, total_minor, state, paid_on, shipped_on)
     select office_id, organisation_id, id, p, product.name, 'service', 'шт', '796', quantity,
       price, 'RUB', 22, total - vat, vat, total, 'shipped', current_date, current_date
     from invoices, generate_series(1, 3) as p,
       lateral (select ($2::jsonb) -> (((id * 5 + p * 7) % jsonb_array_length($2))::int) as one) as chosen,
       lateral (select one ->> 'name' as name, (one ->> 'priceMinor')::bigint as price, 1 + (id >> p) % 3 as quantity) as product,
       lateral (select price * quantity as total, round(price * quantity * 22 / 122.0)::bigint as vat) as taxed
     where office_id = $1`,
    [officeId, JSON.stringify(products)],
  )
  await db.query('analyze')
  const lines = await db.query<{ ids: number[] }>(
    `select array_agg(id) as ids from invoice_lines where office_id = $1 group by invoice_id order by invoice_id`,
    [officeId],
  )
  return { officeId, lineIds: lines.rows.map(({ ids }) => ids) }
}

const childrenOf = async (pid: number): Promise<number[]> => {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return list.split(' ').filter(Boolean).map(Number)
}

/** `count` acts on the database of DATABASE_URL, files under STORAGE_DIR. Linux only: memory is read from /proc. */
export async function benchDocuments(count = 10_000): Promise<DocumentsResult> {
  const { officeId, lineIds } = await fill(count)
  const worker = spawn(process.execPath, launched('jobs/run-worker.ts'), {
    env: { ...process.env, DATABASE_URL: databaseUrl(), LOG_LEVEL: 'error' },
    stdio: 'inherit',
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  // A worker that starts does first what nobody did while there was none; that is not part of the click.
  for (let hasCaughtUp = false; !hasCaughtUp; await sleep(200)) {
    const { rows } = await pool().query<{ hasCaughtUp: boolean }>(
      `select count(*) > 0 and bool_and(last_finished_at is not null) as "hasCaughtUp" from scheduled_jobs`,
    )
    hasCaughtUp = rows[0]?.hasCaughtUp ?? false
    if (worker.exitCode !== null) throw new Error('the worker ended')
  }

  const peak = { worker: 0, presses: 0, all: 0 }
  const weigh = async () => {
    const presses = await childrenOf(worker.pid ?? 0)
    const own = await residentMegabytes([worker.pid ?? 0])
    const theirs = await residentMegabytes(presses)
    peak.worker = Math.max(peak.worker, own)
    peak.presses = Math.max(peak.presses, theirs)
    peak.all = Math.max(peak.all, own + theirs)
  }
  const operator: Actor = {
    kind: 'user',
    id: 1,
    name: 'Марина Ким',
    role: 'operator',
    officeId,
    organisationId: null,
    language: 'ru',
    timezone: 'Europe/Moscow',
  }
  const started = performance.now()
  for (let at = 0; at < lineIds.length; at += invoicesPerClick)
    await generateDocuments(
      { actor: operator, now: new Date() },
      { lineIds: lineIds.slice(at, at + invoicesPerClick).flat(), kinds: ['act'] },
    )
  const clicked = performance.now()
  for (let left = count; left > 0; await sleep(200)) {
    await weigh()
    const { rows } = await pool().query<{ ready: number }>(
      `select count(*) as ready from documents where office_id = $1 and state = 'ready'`,
      [officeId],
    )
    left = count - (rows[0]?.ready ?? 0)
    if (worker.exitCode !== null) throw new Error('the worker ended')
  }
  const seconds = (performance.now() - started) / 1000
  worker.kill('SIGTERM')
  await exited
  const rounded = (value: number) => Math.round(value * 10) / 10
  return {
    acts: count,
    'acts/s': Math.round(count / seconds),
    'click, s': rounded((clicked - started) / 1000),
    'to ready, s': rounded(seconds),
    'worker RSS, MB': Math.round(peak.worker),
    'presses RSS, MB': Math.round(peak.presses),
    'peak RSS, MB': Math.round(peak.all),
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await migrate(databaseUrl())
  console.table([await benchDocuments(Number(process.argv[2] ?? 10_000))])
  await closeDatabase()
}
