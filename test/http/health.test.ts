/** What a supervisor and a stranger are told: alive, ready, late, and nothing else. */
import { token } from './_metrics-token.ts'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import test from 'ava'
import { Router } from 'express'
import { createApp } from '../../src/app.ts'
import { assets } from '../../src/http/assets.ts'
import { rows } from '../../src/queries/rows.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { databaseOf, withClient } from '../_support/server.ts'

const database = await isolatedDatabase()

const folder = mkdtemp(join(tmpdir(), 'assets-'))
const admin = Router()
const server = createApp({ admin, cabinet: Router(), fontsHref: '/admin/assets/fonts.css' }).listen(
  0,
  '127.0.0.1',
)
const listening = once(server, 'listening')

test.before(async () => {
  await listening
  admin.use('/assets', assets(await folder))
})
test.after.always('the server stops', async () => {
  server.closeAllConnections()
  server.close()
  await rm(await folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })

test.serial('a process that runs is alive, and ready while its database answers', async (t) => {
  t.deepEqual(await (await get('/health/live')).json(), { ok: true })
  const ready = await get('/health/ready')
  t.is(ready.status, 200)
  t.is(ready.headers.get('cache-control'), 'no-store')
  t.deepEqual(await ready.json(), { ok: true, database: { ok: true }, jobs: { ok: true } })
})

test.serial('a scheduled job that is late is named', async (t) => {
  await rows(`insert into scheduled_jobs (name, cron, timezone, description_ru, description_en, timeout_ms, next_run_at)
    values ('check-files', '0 3 * * *', 'UTC', 'Сверка', 'Check', 60000, now() - interval '1 hour')`)
  const ready = await get('/health/ready')
  t.is(ready.status, 503)
  const { jobs } = (await ready.json()) as {
    jobs: { ok: boolean; late: { name: string; lateSeconds: number }[] }
  }
  t.false(jobs.ok)
  t.is(jobs.late[0]?.name, 'check-files')
  t.true((jobs.late[0]?.lateSeconds ?? 0) >= 3590)
  await rows('delete from scheduled_jobs')
})

test.serial('figures are for the bearer of the token only', async (t) => {
  t.is((await get('/metrics')).status, 403)
  t.is((await get('/metrics', { authorization: 'Bearer something-else' })).status, 403)
  t.is((await get(`/metrics?token=${token}`)).status, 403)
  const told = await get('/metrics', { authorization: `Bearer ${token}` })
  t.is(told.status, 200)
  t.regex(await told.text(), /http_request_duration_seconds_count\{[^}]*area="health"/)
})

test.serial('a page outside of both doors runs nothing and says nothing about us', async (t) => {
  const response = await get('/nowhere', { accept: 'text/html' })
  const { status, headers } = response
  t.is(status, 404)
  t.regex(
    headers.get('content-security-policy') ?? '',
    /default-src 'none'; style-src [^;]*'self'; font-src 'self'; .*frame-ancestors 'none'/,
  )
  t.regex(
    await response.text(),
    /<link rel="stylesheet" href="\/admin\/assets\/fonts.css">.*Такой страницы нет/s,
  )
  t.is(headers.get('x-content-type-options'), 'nosniff')
  t.is(headers.get('x-powered-by'), null)
})

test.serial('a built file is compressed, immutable and nothing but itself', async (t) => {
  const text = 'export const built = 1\n'.repeat(50)
  await writeFile(join(await folder, 'app.0123.js'), text)
  await writeFile(join(await folder, 'app.0123.js.br'), brotliCompressSync(text))
  const response = await get('/admin/assets/app.0123.js', { 'accept-encoding': 'br' })
  t.is(response.headers.get('content-encoding'), 'br')
  t.is(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  t.is(response.headers.get('vary'), 'Accept-Encoding')
  t.is(await response.text(), text)
  for (const path of ['app.0123.js.br', '..%2f..%2fetc%2fpasswd', 'app.0124.js', '.env'])
    t.is((await get(`/admin/assets/${path}`)).status, 404, path)
})

test.serial(
  'without its database the process is alive and not ready, and ready again afterwards',
  async (t) => {
    const name = new URL(database.url).pathname.slice(1)
    const outside = databaseOf(database.url, 'certdesk')
    await withClient(outside, async (client) => {
      await client.query(`alter database ${name} allow_connections false`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    })
    t.is((await get('/health/live')).status, 200)
    const gone = await get('/health/ready')
    t.is(gone.status, 503)
    const told = (await gone.json()) as { ok: boolean; database: { ok: boolean } }
    t.false(told.ok || told.database.ok)
    await withClient(outside, (client) => client.query(`alter database ${name} allow_connections true`))
    t.is((await get('/health/ready')).status, 200)
  },
)
