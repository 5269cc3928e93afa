/** A server that speaks MongoDB's protocol for the tests of the Mongo job store, or the reason why there is none. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient, MongoNetworkError, MongoServerSelectionError } from 'mongodb'

export type MongoServer = {
  /** Address of a database of its own; dropped or removed by `stop`. */
  url: string
  stop: () => Promise<void>
}

const found = async (paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) {
    const exists = await access(path).then(
      () => true,
      () => false,
    )
    if (exists) return path
  }
  return undefined
}

const freePort = () =>
  new Promise<number>((resolvePort, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0))
    })
  })

const answers = async (url: string, process: ChildProcess): Promise<void> => {
  const until = Date.now() + 15_000
  for (;;) {
    const client = new MongoClient(url, { serverSelectionTimeoutMS: 500 })
    try {
      await client.db().command({ ping: 1 })
      return
    } catch (error) {
      if (Date.now() > until || process.exitCode !== null) throw error
      await sleep(100)
    } finally {
      await client.close()
    }
  }
}

const dropped = async (url: string) => {
  const client = new MongoClient(url)
  await client.db().dropDatabase()
  await client.close()
}

/**
 * MONGODB_TEST_URL when set; else the server kept beside the project; else a `mongod` on the path. A string is the
 * reason why there is none: log it and skip.
 */
export async function startMongo(): Promise<MongoServer | string> {
  const name = `certdesk_${randomBytes(6).toString('hex')}`
  const given = process.env['MONGODB_TEST_URL']
  if (given) {
    const address = new URL(given)
    address.pathname = `/${name}`
    return { url: address.href, stop: () => dropped(address.href) }
  }
  const program = await found([
    resolve('..', 'shared', 'mongodb', 'mongod'),
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'mongod')),
  ])
  if (program === undefined)
    return 'skipped: MONGODB_TEST_URL is not set, no server lies beside the project and no mongod is on the path'
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-mongo-'))
  const port = await freePort()
  let said = ''
  const start = () => {
    const started = spawn(program, ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    started.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)))
    started.once('exit', revive)
    return started
  }
  let isWanted = false
  // The compatible server has been seen to fall under load; as under a supervisor, it is started again.
  const revive = (code: number | null, signal: string | null) => {
    if (!isWanted) return
    console.error(`The server of MongoDB's protocol fell (${signal ?? code}) and is started again:\n${said}`)
    child = start()
  }
  let child = start()
  // A test file that ends before its hooks must not leave the server behind.
  const killed = () => {
    isWanted = false
    child.kill('SIGKILL')
  }
  process.once('exit', killed)
  const stop = async () => {
    process.off('exit', killed)
    isWanted = false
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await Promise.race([gone, sleep(5000).then(() => child.kill('SIGKILL'))])
    }
    await rm(folder, { recursive: true, force: true })
  }
  const url = `mongodb://127.0.0.1:${port}/${name}`
  try {
    await answers(url, child)
    isWanted = true
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Asks again while the server is being started anew; any other fault is a fault. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 30_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const isDown = error instanceof MongoNetworkError || error instanceof MongoServerSelectionError
      if (!isDown || Date.now() > until) throw error
      await sleep(100)
    }
  }
}
