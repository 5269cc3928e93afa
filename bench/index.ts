/** `npm run bench [-- --only outbox,register]`: every measurement in a process of its own, and one table of goals and results. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../src/db/embedded-postgres.ts'
import { migrate } from '../src/db/migrate.ts'

export type Measured = Readonly<{
  what: string
  goal: string
  measured: string
  /** What else was measured in the same run, and what it did. */
  peer: string
  /** Ours to the best peer's, greater is better; null without a peer. */
  ratio: number | null
  isMet: boolean
}>

const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const rounded = (value: number) => Math.round(value * 10) / 10

/** Name → measurement. A module is read only by the process that measures it. */
const benches: Record<string, () => Promise<Measured[]>> = {
  async acts() {
    const { actsRendering } = await import('./acts-rendering.ts')
    const { rows, ratio } = await actsRendering(10_000)
    const [ours, peer] = rows
    if (!ours || !peer) throw new Error('a row is missing')
    return [
      {
        what: 'acts typeset, written and synced',
        goal: '≥ 250 acts/s, RSS ≤ 500 MB',
        measured: `${ours['acts/s']} acts/s, ${ours['peak RSS, MB']} MB`,
        peer: `${peer.system}: ${peer['acts/s']} acts/s`,
        ratio,
        isMet: ours['acts/s'] >= 250 && ours['peak RSS, MB'] <= 500,
      },
    ]
  },
  async register() {
    const { registerBench } = await import('./register.ts')
    const databaseUrl = process.env['DATABASE_URL']
    const { rows, measures, ratio, missing } = await registerBench(databaseUrl ? { databaseUrl } : {})
    const ours = measures.find(({ name }) => name === 'certdesk register')
    if (!ours) throw new Error('the register was not made')
    const others = measures
      .filter((one) => one !== ours)
      .map(({ name, seconds }) => `${name}: ${rounded(seconds)} s`)
    return [
      {
        what: `Excel register of ${whole(rows)} rows × 24 columns`,
        goal: 'RSS ≤ 300 MB, ≥ 2.5× the peer',
        measured: `${rounded(ours.seconds)} s, ${whole(ours.rssMb)} MB`,
        peer: [...others, ...missing].join('; '),
        ratio: ratio === null ? null : rounded(ratio),
        isMet: ours.rssMb <= 300 && (ratio ?? 0) >= 2.5,
      },
    ]
  },
  async outbox() {
    const { benchOutbox } = await import('./outbox.ts')
    const results = await benchOutbox()
    // Ours runs first and last; the slower of the two is the one to tell.
    const ours = Math.min(
      ...results.filter(({ system }) => system === 'outbox').map((result) => result['drained/s']),
    )
    const peers = results.filter(({ system }) => system !== 'outbox')
    return [
      {
        what: 'outbox messages claimed, fenced and finished',
        goal: '≥ 30,000/s',
        measured: `${whole(ours)}/s`,
        peer: peers.map((peer) => `${peer.system}: ${whole(peer['drained/s'])}/s`).join('; '),
        ratio: rounded(ours / Math.max(...peers.map((peer) => peer['drained/s']))),
        isMet: ours >= 30_000,
      },
    ]
  },
  async 'pick-up'() {
    const { benchPickUp } = await import('./pick-up.ts')
    const [ours, ...peers] = await benchPickUp()
    if (!ours) throw new Error('the pick-up was not measured')
    const best = Math.min(...peers.map((peer) => peer['p99 ms']))
    return [
      {
        what: 'pick-up after commit',
        goal: 'p99 ≤ 50 ms',
        measured: `p50 ${ours['p50 ms']} ms, p99 ${ours['p99 ms']} ms`,
        peer: peers.map((peer) => `${peer.system}: p99 ${peer['p99 ms']} ms`).join('; '),
        ratio: rounded(best / Math.max(ours['p99 ms'], 0.1)),
        isMet: ours['p99 ms'] <= 50,
      },
    ]
  },
  async documents() {
    const { benchDocuments } = await import('./documents.ts')
    const result = await benchDocuments(10_000)
    return [
      {
        what: '10,000 acts from the click to the last file and row',
        goal: '≥ 250 acts/s, RSS ≤ 500 MB',
        measured: `${result['acts/s']} acts/s, worker ${result['worker RSS, MB']} MB, presses ${result['presses RSS, MB']} MB`,
        peer: 'pdfmake: see the row above',
        ratio: null,
        isMet: result['acts/s'] >= 250 && result['peak RSS, MB'] <= 500,
      },
    ]
  },
  async expiry() {
    const { benchExpiry } = await import('./expiry.ts')
    const result = await benchExpiry()
    return [
      {
        what: `${whole(result.rows)} stale rows expired`,
        goal: '≤ 5 s',
        measured: `${rounded(result.seconds)} s`,
        peer: 'none',
        ratio: null,
        isMet: result.seconds <= 5,
      },
    ]
  },
  async 'register-import'() {
    const { benchRegisterImport } = await import('./register-import.ts')
    const result = await benchRegisterImport(1_000_000)
    const copy = result['COPY, s']
    return [
      {
        what: `public register of ${whole(result.rows)} rows (${result['file, MB']} MB): first, again`,
        goal: '≤ 120 s, RSS ≤ 300 MB',
        measured: `${result['first, s']} s, ${result['again, s']} s; ${result['peak RSS, MB']} MB`,
        peer: copy === null ? 'psql is not installed' : `\\copy of the bare texts, unchecked: ${copy} s`,
        ratio: copy === null ? null : rounded(copy / result['first, s']),
        isMet: Math.max(result['first, s'], result['again, s']) <= 120 && result['peak RSS, MB'] <= 300,
      },
    ]
  },
  async start() {
    const { benchStart } = await import('./start.ts')
    const { seconds, assetBytes } = await benchStart()
    return [
      {
        what: 'second start to the sign-in page; assets of the back office',
        goal: '≤ 4 s; ≤ 1 MB compressed',
        measured: `${rounded(seconds)} s; ${whole(assetBytes / 1000)} kB`,
        peer: 'none',
        ratio: null,
        isMet: seconds <= 4 && assetBytes <= 1_000_000,
      },
    ]
  },
  async broadcast() {
    const { benchBroadcast } = await import('./broadcast.ts')
    const [ours, peer] = await benchBroadcast()
    if (!ours || !peer) throw new Error('a row is missing')
    return [
      {
        what: `a notification to ${whole(ours.screens)} open screens`,
        goal: 'the last within 2 s',
        measured: `last ${ours['last ms']} ms, median ${ours['p50 ms']} ms, ${ours['kB per connection']} kB per connection`,
        peer: `${peer.system}: last ${peer['last ms']} ms, ${peer['kB per connection']} kB`,
        ratio: null,
        isMet: ours['last ms'] <= 2000,
      },
    ]
  },
  async lists() {
    const { benchAdminLists } = await import('./admin-lists.ts')
    const results = await benchAdminLists()
    return results.map(({ question, ratio, 'p50 ms': p50, 'p95 ms': p95, 'stock ms': stock }) => ({
      what: question,
      goal: 'p95 ≤ 25 ms, ≥ 10× stock',
      measured: `p50 ${p50} ms, p95 ${p95} ms`,
      peer: `stock AdminJS: ${stock} ms`,
      ratio,
      isMet: p95 <= 25 && ratio >= 10,
    }))
  },
}

const RESULT = 'result '

async function measureHere(name: string): Promise<void> {
  const rows = await benches[name]?.()
  const { closeDatabase } = await import('../src/db/pool.ts')
  await closeDatabase()
  process.stdout.write(`${RESULT}${JSON.stringify(rows)}\n`)
}

/** A fresh process for each: memory, pools and warm code of one would flatter or burden the next. */
async function measureApart(name: string, databaseUrl: string): Promise<Measured[]> {
  const dataDir = await mkdtemp(join(tmpdir(), `certdesk-bench-${name}-`))
  return measureIn(dataDir, name, databaseUrl).finally(() => rm(dataDir, { recursive: true, force: true }))
}

async function measureIn(dataDir: string, name: string, databaseUrl: string): Promise<Measured[]> {
  const child = spawn(process.execPath, ['--import=tsx', fileURLToPath(import.meta.url), '--run', name], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? 1))
  })
  let rows: Measured[] | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(RESULT)) rows = JSON.parse(line.slice(RESULT.length)) as Measured[]
    else console.log(line)
  }
  const code = await ended
  if (code !== 0 || !rows) throw new Error(`the bench ${name} ended with ${code}`)
  return rows
}

/** The lists need a large database that is filled once and then left alone; the others write to one that is made anew. */
const large = 'bench'

async function measureAll(names: readonly string[]): Promise<Measured[]> {
  const writing = names.filter((name) => name !== 'lists')
  const reading = names.filter((name) => name === 'lists')
  return [...(await measureOn('bench-work', writing)), ...(await measureOn(large, reading))]
}

/** What an earlier run left would be worked through, sealed and vacuumed beside what is measured. */
async function empty(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.end()
}

async function measureOn(folder: string, names: readonly string[]): Promise<Measured[]> {
  if (names.length === 0) return []
  const given = process.env['DATABASE_URL']
  // Durable, as an installation has it: a bench without the disk would promise too much.
  const own = given ? undefined : await startEmbeddedPostgres({ dataDir: resolve('var', folder) })
  const url = given ?? own?.url ?? ''
  try {
    if (own && folder !== large) await empty(url)
    await migrate(url)
    const rows: Measured[] = []
    for (const name of names) {
      console.log(`measuring ${name} …`)
      const started = performance.now()
      rows.push(...(await measureApart(name, url)))
      console.log(`… took ${whole((performance.now() - started) / 1000)} s`)
    }
    return rows
  } finally {
    await own?.stop()
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, run: { type: 'string' } } })
if (values.run) await measureHere(values.run)
else {
  const names = values.only?.split(',') ?? Object.keys(benches)
  const unknown = names.filter((name) => !(name in benches))
  if (unknown.length > 0)
    throw new Error(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  const rows = await measureAll(names)
  console.log(
    `\n${cpus()[0]?.model.trim() ?? 'processor'}, ${availableParallelism()} cores, node ${process.version}`,
  )
  console.table(
    rows.map(({ isMet, ratio, ...row }) => ({ ...row, ratio: ratio ?? '—', met: isMet ? 'yes' : 'NO' })),
  )
  if (rows.some(({ isMet }) => !isMet)) process.exitCode = 1
}
