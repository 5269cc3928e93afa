/** Bench: one notification to 200 open cabinets and 20 members of staff, from its commit to the last open screen. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { launched } from './launched.ts'
import { atomic } from '../src/db/atomic.ts'
import { pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { notify } from '../src/operations/notifications/notify.ts'

export type BroadcastResult = {
  system: string
  screens: number
  'p50 ms': number
  'last ms': number
  'kB per connection': number
}

const clients = 200
const staff = 20
const rounds = 5
const secret = 'a secret of the bench 0123456789 abcdefghij'
const here = fileURLToPath(import.meta.url)

type Account = { id: number; isClient: boolean }

/** Four offices with five of staff and fifty clients each. */
async function makeAccounts(): Promise<{ officeId: number; accounts: Account[] }> {
  const accounts: Account[] = []
  let officeId = 0
  for (let office = 0; office < 4; office += 1) {
    const made = await pool().query<{ id: number }>(
      `with next as (select nextval(pg_get_serial_sequence('organisations', 'id')) as id)
       insert into organisations (id, office_id, country, kind, roles, name)
       select id, id, 'RU', 'legal', '{seller}', 'Bench office' from next returning id`,
    )
    officeId = made.rows[0]?.id ?? 0
    const people = async (count: number, role: string) =>
      pool().query<{ id: number }>(
        `insert into users (office_id, email, password_hash, surname, name, role)
         select $1, 'bench-' || gen_random_uuid() || '@certdesk.example', 'none', 'Bench', 'Bench', $2
         from generate_series(1, $3::int) returning id`,
        [role === 'client' ? null : officeId, role, count],
      )
    for (const { id } of (await people(staff / 4, 'operator')).rows) accounts.push({ id, isClient: false })
    for (const { id } of (await people(clients / 4, 'client')).rows) {
      accounts.push({ id, isClient: true })
      await pool().query(
        `with company as (insert into organisations (office_id, country, kind, name)
           values ($1, 'RU', 'legal', 'Bench client ' || $2::bigint) returning id)
         insert into memberships (user_id, office_id, organisation_id, role, state, decided_at)
         select $2, $1, id, 'head', 'active', now() from company`,
        [officeId, id],
      )
    }
  }
  return { officeId, accounts }
}

/** A signed-in session, as the sign-in page would leave it; the cookie of it. */
async function signIn({ id, isClient }: Account): Promise<string> {
  const sid = randomBytes(24).toString('base64url')
  const path = isClient ? '/cabinet' : '/admin'
  const sess = {
    cookie: { path, httpOnly: true, sameSite: 'lax', originalMaxAge: 28_800_000 },
    userId: id,
    sessionVersion: 0,
    signedInAt: Date.now(),
  }
  await pool().query(
    `insert into sessions (sid, sess, expire, user_id) values ($1, $2, now() + interval '1 hour', $3)`,
    [sid, JSON.stringify(sess), id],
  )
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '')
  return `${isClient ? 'certdesk.cabinet' : 'certdesk.sid'}=${encodeURIComponent(`s:${sid}.${signature}`)}`
}

type Screen = { heard: number[]; close: () => void }

/** An open event stream that writes down when each number came. */
async function openScreen(url: string, cookie: string): Promise<Screen> {
  const heard: number[] = []
  const request = get(url, { agent: false, headers: { Cookie: cookie, Accept: 'text/event-stream' } })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
  answer.setEncoding('utf8')
  answer.on('data', (chunk: string) => {
    if (chunk.includes('event: notifications')) heard.push(performance.now())
  })
  answer.on('error', () => undefined)
  return { heard, close: () => request.destroy() }
}

const residentKb = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

async function program(
  args: string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(http:\/\/[\d.]+:\d+)/.exec(line)?.[1]
    if (url) return { child, url }
  }
  throw new Error('the program ended before it listened')
}

/** Opens all screens, tells them `rounds` times, and takes the worst round. */
async function measure(
  system: string,
  child: ChildProcess,
  open: () => Promise<Screen>[],
  tell: (round: number) => Promise<unknown>,
): Promise<BroadcastResult> {
  const pid = child.pid ?? 0
  await sleep(1500)
  const before = await residentKb(pid)
  const screens = await Promise.all(open())
  await sleep(3000)
  const perConnection = ((await residentKb(pid)) - before) / screens.length
  let worst: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    for (const screen of screens) screen.heard.length = 0
    const started = performance.now()
    await tell(round)
    const committed = performance.now()
    while (screens.some(({ heard }) => heard.length === 0) && performance.now() - started < 30_000)
      await sleep(2)
    const delays = screens
      .map(({ heard }) => Math.max(0, (heard[0] ?? Infinity) - committed))
      .sort((a, b) => a - b)
    if ((delays.at(-1) ?? 0) >= (worst.at(-1) ?? 0)) worst = delays
  }
  for (const { close } of screens) close()
  return {
    system,
    screens: screens.length,
    'p50 ms': Math.round(worst[Math.floor(worst.length / 2)] ?? Infinity),
    'last ms': Math.round(worst.at(-1) ?? Infinity),
    'kB per connection': Math.round(perConnection),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

async function ours(): Promise<BroadcastResult> {
  const { officeId, accounts } = await makeAccounts()
  const cookies = await Promise.all(accounts.map(signIn))
  const { child, url } = await program(launched('src/web.ts'), {
    DATABASE_URL: databaseUrl(),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    SESSION_SECRET: secret,
  })
  try {
    // The first page warms what every later one shares.
    await fetch(`${url}/admin/login`).then((answer) => answer.text())
    return await measure(
      'certdesk',
      child,
      () =>
        accounts.map(({ isClient }, at) =>
          openScreen(`${url}${isClient ? '/cabinet' : '/admin'}/desk/events`, cookies[at] ?? ''),
        ),
      (round) =>
        atomic(() =>
          notify({
            kind: 'invoices-overdue',
            subjectId: officeId,
            occasion: `bench ${round}`,
            officeId,
            recipients: accounts.map(({ id }) => id),
            params: { count: round, fresh: 1 },
            now: new Date(),
          }),
        ),
    )
  } finally {
    await stop(child)
  }
}

/** Without sessions, people, rows and a database: what Node itself needs to write one line into each stream. */
async function bare(): Promise<BroadcastResult> {
  const { child, url } = await program(['--import=tsx', here, 'bare'], {})
  try {
    return await measure(
      'bare event streams',
      child,
      () => Array.from({ length: clients + staff }, () => openScreen(`${url}/events`, '')),
      () => fetch(`${url}/tell`).then((answer) => answer.text()),
    )
  } finally {
    await stop(child)
  }
}

/** The same screens beside streams without a product around them, on the database of DATABASE_URL. */
export async function benchBroadcast(): Promise<BroadcastResult[]> {
  return [await ours(), await bare()]
}

if (process.argv[2] === 'bare' && process.argv[1] === here) {
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    if (request.url === '/tell') {
      for (const stream of open) stream.write('event: notifications\ndata: null\n\n')
      response.end()
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 3000\n\n')
    open.add(response)
    response.on('close', () => open.delete(response))
  })
  server.listen(0, '127.0.0.1', () =>
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  )
}
