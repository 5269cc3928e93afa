/** Bench: stale requests and expired registers ended by their scheduled jobs, with an audit event and a removed file for each. */
import { mkdir, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { expireExports } from '../jobs/expire-exports.ts'
import { watchAccountingRequests } from '../jobs/watch-accounting-requests.ts'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase, pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { env } from '../src/env.ts'
import type { ScheduledJob } from '../src/queue/schedule.ts'
import { fileStore } from '../src/storage/files.ts'

export type ExpiryResult = { rows: number; seconds: number; requests: number; exports: number }

/** An office of its own with `count` stale rows: half of them requests with links, half registers with files. */
async function fill(count: number): Promise<string[]> {
  const db = pool()
  const half = count / 2
  const { rows: offices } = await db.query<{ id: number }>(
    `insert into organisations (office_id, country, kind, roles, name, state)
     values (currval(pg_get_serial_sequence('organisations', 'id')), 'RU', 'legal', '{seller}', 'Бюро просрочки', 'active')
     returning id`,
  )
  const office = offices[0]?.id
  await db.query(
    `with sent as (
       insert into accounting_requests (office_id, organisation_id, seller_id, number, series_number, series_year, state,
         shipment_on, total_minor, currency, line_count, sent_at)
       select $1, $1, $1, 'ЗАПРОС-' || g, g, 2026, 'sent', current_date, 100, 'RUB', 1, now() - interval '25 hours'
       from generate_series(1, $2::bigint) as g returning id, office_id)
     insert into access_links (office_id, purpose, subject_id, token_hash, is_single_use, expires_at)
     select office_id, 'accounting_answer', id, encode(sha256(('stale ' || id)::bytea), 'hex'), true, now() + interval '1 day'
     from sent`,
    [office, half],
  )
  const { rows: files } = await db.query<{ storage_key: string }>(
    `with files as (
       insert into stored_files (id, office_id, storage_key, original_name, mime, size, sha256)
       select id, $1, left(id::text, 2) || '/' || id, 'Реестр.xlsx', 'application/zip', 1, repeat('a', 64)
       from (select gen_random_uuid() as id from generate_series(1, $2::bigint)) as made returning id, storage_key),
     ready as (
       insert into exports (office_id, report, state, file_id, expires_at)
       select $1, 'register', 'ready', id, now() - interval '1 hour' from files)
     select storage_key from files`,
    [office, half],
  )
  await db.query('analyze accounting_requests, access_links, exports, stored_files')
  return files.map((file) => file.storage_key)
}

async function writeFiles(keys: readonly string[]): Promise<void> {
  const folders = new Set(keys.map((key) => `${env().STORAGE_DIR}/${key.slice(0, 2)}`))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  for (let at = 0; at < keys.length; at += 500)
    await Promise.all(keys.slice(at, at + 500).map((key) => writeFile(fileStore().pathOf(key), 'x')))
}

async function seconds(job: ScheduledJob): Promise<number> {
  const started = performance.now()
  await job.run({ now: new Date(), period: null, signal: new AbortController().signal })
  return (performance.now() - started) / 1000
}

/** Both jobs over `count` stale rows on the database of DATABASE_URL; checks that every row was ended and every file is gone. */
export async function benchExpiry(count = 100_000): Promise<ExpiryResult> {
  // A fresh sequence has no current value for the office that refers to itself.
  await pool().query(`select nextval(pg_get_serial_sequence('organisations', 'id'))`)
  await writeFiles(await fill(count))
  const requests = await seconds(watchAccountingRequests)
  const exports = await seconds(expireExports)
  const { rows } = await pool().query<{ left: number; events: number }>(
    `select (select count(*) from accounting_requests where state = 'sent' and sent_at < now() - interval '1 day')
       + (select count(*) from exports where state = 'ready' and expires_at < now()) as left,
       (select count(*) from audit_events where operation in ('accounting-request.time-out', 'export.expire')) as events`,
  )
  if (rows[0]?.left !== 0 || rows[0].events < count)
    throw new Error(`${rows[0]?.left} rows were left, ${rows[0]?.events} events were written`)
  let files = 0
  for await (const _file of fileStore().list()) files += 1
  if (files > 0) throw new Error(`${files} files were left`)
  return { rows: count, seconds: requests + exports, requests, exports }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await migrate(databaseUrl())
  console.table([await benchExpiry(Number(process.argv[2] ?? 100_000))])
  await closeDatabase()
}
