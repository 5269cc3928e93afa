/** The whole product for a browser test: own database with the demo office, real worker, real mail server, a free port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { ParsedMail } from 'mailparser'
import { isolatedDatabase, type TestDatabase } from './database.ts'
import { demoStorage, demoTemplate } from './demo.ts'
import { programOf } from './program.ts'
import { startSmtp, type TestServer } from './smtp.ts'

export type App = {
  url: string
  database: TestDatabase
  mail: TestServer
  /** The first letter accepted, from now on or before, that the condition holds for. */
  letter: (isIt: (mail: ParsedMail) => boolean, ms?: number) => Promise<ParsedMail>
  /** Starts another web process of the same product, on whose clock no time passes but what it is told. */
  otherClock: () => Promise<OtherClock>
}

export type OtherClock = {
  url: string
  standAt: (moment: Date) => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const program = programOf('test/_support/_app.ts')
const webAlone = programOf('test/_support/_web-at.ts')

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

const answered = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('message', (said: { url: string }) => resolve(said.url))
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)))
  })

const started = (argv: string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, argv, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

async function endOf(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 8000)
  await ended(child)
  clearTimeout(impatience)
}

/**
 * Starts the product; call once per file, on the top level, with await. Everything is stopped and removed after the
 * last test of the file. `settings` are environment variables that replace ours.
 */
export async function startApp(settings: NodeJS.ProcessEnv = {}): Promise<App> {
  const ends: (() => unknown)[] = []
  let stopped: Promise<void> | undefined
  const stop = () =>
    (stopped ??= (async () => {
      for (const end of ends.toReversed()) await end()
    })())
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-app-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  // Beside the data of the run, so that the office and the screens are made once for all files.
  const shared = process.env['DATA_DIR'] ?? folder
  const database = await isolatedDatabase((server) => demoTemplate(server, shared))
  // Hooks of success run before those that always run, and the product must be gone when its database is dropped.
  test.after('the product stops', stop)
  test.after.always('the product has stopped', stop)
  const running: { url: string; mail?: TestServer; environment: NodeJS.ProcessEnv } = {
    url: '',
    environment: {},
  }
  // AVA wants tests declared before anything else is awaited, so the start is a hook of its own.
  test.before('the product starts', async () => {
    const log: ExecutionContext['log'] = Object.assign(console.warn, { skip: () => undefined })
    const mail = await startSmtp({
      log,
      teardown: (end: () => unknown) => void ends.push(end),
    } as ExecutionContext)
    const storage = join(folder, 'storage')
    await cp(demoStorage(shared), storage, { recursive: true })
    const port = await freePort()
    running.environment = {
      ...process.env,
      DATABASE_URL: database.url,
      DATA_DIR: shared,
      STORAGE_DIR: storage,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SMTP_URL: mail.url,
      LOG_LEVEL: 'error',
      ...settings,
    }
    const child = started(program, running.environment)
    ends.push(() => endOf(child))
    running.mail = mail
    running.url = await answered(child)
  })
  const mailServer = (): TestServer => {
    if (!running.mail) throw new Error('the product has not started yet')
    return running.mail
  }
  return {
    database,
    get url() {
      return running.url
    },
    get mail() {
      return mailServer()
    },
    letter: (isIt, ms = 120_000) => letterOf(mailServer(), isIt, ms),
    async otherClock() {
      const child = started(webAlone, running.environment)
      ends.push(() => endOf(child))
      const url = await answered(child)
      return {
        url,
        async standAt(moment) {
          const told = answered(child)
          child.send({ at: moment.getTime() })
          await told
        },
      }
    },
  }
}

async function letterOf(
  mail: TestServer,
  isIt: (letter: ParsedMail) => boolean,
  ms: number,
): Promise<ParsedMail> {
  const until = Date.now() + ms
  for (;;) {
    const found = mail.accepted.find(isIt)
    if (found) return found
    if (Date.now() > until) {
      const had = mail.accepted.map(({ subject }) => subject).join('; ')
      throw new Error(`the letter did not come within ${ms} ms; there were: ${had || 'none'}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
