/** Bench: from the second `npm start` to the first sign-in page, and what the browser has to fetch for the back office. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { launched } from './launched.ts'

export type StartResult = { seconds: number; assetBytes: number; rounds: number }

const rounds = 5

/** The address the program prints once it is there. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the program was started without an output to read')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^certdesk: (\S+)\/admin$/.exec(line)?.[1]
    if (address) return address
  }
  throw new Error('the program ended before it listened')
}

async function start(dataDir: string): Promise<{ child: ChildProcess; seconds: number }> {
  const { DATABASE_URL: _named, ...environment } = process.env
  const started = performance.now()
  const child = spawn(process.execPath, launched('src/main.ts'), {
    env: { ...environment, NODE_ENV: 'development', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await addressOf(child)
  const page = await fetch(`${address}/admin/login`)
  if (!page.ok) throw new Error(`the sign-in page answered ${page.status}`)
  await page.text()
  return { child, seconds: (performance.now() - started) / 1000 }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

/**
 * Bytes of what a browser that takes brotli fetches for a screen in Russian with sums on it. Fonts are compressed in
 * themselves; those of other letters are asked for only by a page that holds such a letter.
 */
async function weigh(dataDir: string): Promise<number> {
  const folder = join(dataDir, 'admin-assets')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sent = entries.filter(
    (entry) => entry.isFile() && /\.(br|woff2)$/.test(entry.name) && !/^inter-.*-ext-/.test(entry.name),
  )
  const sizes = await Promise.all(sent.map((entry) => stat(join(entry.parentPath, entry.name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

/** The median of several starts after the first one, which fills the database and builds the screens. */
export async function benchStart(): Promise<StartResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'certdesk-start-'))
  try {
    const first = await start(dataDir)
    const assetBytes = await weigh(dataDir)
    await stop(first.child)
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) {
      const again = await start(dataDir)
      seconds.push(again.seconds)
      await stop(again.child)
    }
    seconds.sort((a, b) => a - b)
    return { seconds: seconds[Math.floor(rounds / 2)] ?? 0, assetBytes, rounds }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
