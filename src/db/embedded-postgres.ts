/** A real PostgreSQL for an installation that has none: started, supervised, adopted after a crash, stopped. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { freemem, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { log } from '../log.ts'
import {
  prepareCluster,
  readPostmaster,
  serverEnvironment,
  type Cluster,
  type Postmaster,
} from './embedded-cluster.ts'
import { isAlive, takeOwnership } from './owner-lock.ts'

export type EmbeddedOptions = {
  /** Folder that will hold `postgres/`, `postgres.json` (port and passwords), `postgres.log`, `postgres.lock`. */
  dataDir: string
  /** Server settings that replace or join ours, such as `{ max_connections: '50' }`. */
  settings?: Record<string, string>
  /** false only where losing the data is no loss: nothing waits for the disk. */
  durable?: boolean
}

export type EmbeddedPostgres = {
  /** For the product: role "certdesk", which owns the database and is not a superuser. */
  url: string
  /** For tests and repair: the superuser. */
  adminUrl: string
  /** Process id of the server of the moment; it changes after {@link EmbeddedPostgres.restart}. */
  pid: () => number
  /** Fast shutdown (sessions are cut, nothing is lost), then the folder is free for another owner. */
  stop: () => Promise<void>
  /** Stops and starts on the same port: 'fast' as an operator would, 'kill' as a power cut. */
  restart: (how?: 'fast' | 'kill') => Promise<void>
}

type Remembered = { port: number; superPassword: string; password: string; prepared: boolean }

const HOST = '127.0.0.1'
const ROLE = 'certdesk'
const SUPERUSER = 'postgres'
const START_LIMIT = 60_000
const STOP_LIMIT = 30_000
const LOG_LIMIT = 10 * 1024 * 1024

const megabytes = (bytes: number) => `${Math.max(32, Math.floor(bytes / 1024 / 1024))}MB`

const settingsFor = (options: EmbeddedOptions, port: number): Record<string, string> => ({
  listen_addresses: HOST,
  unix_socket_directories: '',
  port: String(port),
  max_connections: '200',
  shared_buffers: megabytes(Math.min(totalmem() / 8, freemem() / 4, 512 * 1024 * 1024)),
  effective_cache_size: megabytes(totalmem() / 2),
  // Containers often have 64 MB of /dev/shm; parallel queries take their memory from here first.
  min_dynamic_shared_memory: '64MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  // One machine, no replicas: the log need only survive a crash of this server.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  ...(options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  ...options.settings,
})

const freePort = (wanted: number): Promise<number> =>
  new Promise((found, reject) => {
    const probe = createServer()
    probe.once('error', (fault: NodeJS.ErrnoException) => {
      if (wanted !== 0 && (fault.code === 'EADDRINUSE' || fault.code === 'EACCES')) found(freePort(0))
      else reject(fault)
    })
    probe.listen({ host: HOST, port: wanted, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : wanted))
    })
  })

const secret = () => randomBytes(24).toString('base64url')

const recall = async (file: string): Promise<Remembered | undefined> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Remembered
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}

const remember = async (file: string, facts: Remembered): Promise<void> => {
  await writeFile(`${file}.new`, JSON.stringify(facts, null, 2), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

const address = (user: string, password: string, port: number, database: string) =>
  `postgres://${user}:${password}@${HOST}:${port}/${database}`

const asSuperuser = async <T>(
  facts: Remembered,
  port: number,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({
    connectionString: address(SUPERUSER, facts.superPassword, port, 'postgres'),
    application_name: 'certdesk supervisor',
    connectionTimeoutMillis: 5000,
  })
  // A cut while the server goes down is what the callers look for; they see it as the failure of their query.
  client.on('error', (fault) => log.debug({ err: fault }, 'the connection of the supervisor was cut'))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whether a pid belongs to a PostgreSQL, not to whoever got the number after a reboot. */
const isPostgres = (pid: number): boolean => {
  if (!isAlive(pid)) return false
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout.includes('postgres')
}

const until = async (limit: number, isDone: () => boolean | Promise<boolean>): Promise<boolean> => {
  const deadline = Date.now() + limit
  while (Date.now() < deadline) {
    if (await isDone()) return true
    await sleep(20)
  }
  return isDone()
}

const shutDown = async (cluster: Cluster, pid: number): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isPostgres(pid)) break
    process.kill(pid, signal)
    if (await until(signal === 'SIGINT' ? STOP_LIMIT : 5000, () => !isAlive(pid))) break
    log.warn({ pid, signal }, 'PostgreSQL does not stop')
  }
  await until(1000, async () => (await readPostmaster(cluster.folder)) === undefined)
}

const openLog = async (file: string): Promise<number> => {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_LIMIT) await rename(file, `${file}.old`)
  return openSync(file, 'a', 0o600)
}

const lastWords = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-8).join('\n')

/** Starts a server and waits until it answers; returns its pid, or undefined when it gave up. */
const launch = async (
  cluster: Cluster,
  options: EmbeddedOptions,
  port: number,
): Promise<number | undefined> => {
  const logFile = join(options.dataDir, 'postgres.log')
  const logTo = await openLog(logFile)
  const flags = Object.entries(settingsFor(options, port)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  let ended = false
  // In a group of its own: Ctrl-C in the terminal is for us, and we stop the server last. With a file for its log it
  // also outlives our violent death unharmed.
  const child = spawn(join(cluster.programs, 'postgres'), ['-D', cluster.folder, ...flags], {
    ...cluster.user,
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', logTo, logTo],
  })
  closeSync(logTo)
  child.once('exit', () => (ended = true))
  child.once('error', (fault) => {
    log.error({ err: fault }, 'PostgreSQL could not be started')
    ended = true
  })
  child.unref()
  const ready = await until(START_LIMIT, async () => {
    if (ended) return true
    const postmaster = await readPostmaster(cluster.folder)
    return postmaster?.pid === child.pid && postmaster?.status === 'ready'
  })
  if (!ended && ready) return child.pid
  log.warn({ log: logFile }, 'PostgreSQL did not start')
  if (!ended && child.pid) await shutDown(cluster, child.pid)
  return undefined
}

/** A pid file whose number belongs to somebody else by now, or to a zombie, would pass for a running server. */
const forgetDead = async (cluster: Cluster): Promise<void> => {
  const found = await readPostmaster(cluster.folder)
  if (found && !isPostgres(found.pid)) await rm(join(cluster.folder, 'postmaster.pid'), { force: true })
}

/** The server a killed owner left behind, once it is ready; undefined when there is none worth keeping. */
const findOrphan = async (cluster: Cluster, facts: Remembered): Promise<Postmaster | undefined> => {
  const found = await readPostmaster(cluster.folder)
  if (!found || !isPostgres(found.pid)) return undefined
  await until(START_LIMIT, async () => {
    const { status } = (await readPostmaster(cluster.folder)) ?? {}
    return status === 'ready' || !isAlive(found.pid)
  })
  if (!isAlive(found.pid)) return undefined
  try {
    await asSuperuser(facts, found.port, (client) => client.query('select 1'))
    return found
  } catch (fault) {
    log.warn({ err: fault, pid: found.pid }, 'a PostgreSQL left behind does not answer, it is replaced')
    await shutDown(cluster, found.pid)
    return undefined
  }
}

const launchSomehow = async (cluster: Cluster, options: EmbeddedOptions, wanted: number) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    await forgetDead(cluster)
    const port = await freePort(wanted)
    const pid = await launch(cluster, options, port)
    if (pid !== undefined) return { pid, port }
    // After the death of the main process its children hold the shared memory a moment longer.
    await sleep(attempt * 300)
  }
  throw new Error(
    `PostgreSQL does not start in ${cluster.folder}:\n${await lastWords(join(options.dataDir, 'postgres.log'))}`,
  )
}

const createDatabase = (facts: Remembered): Promise<void> =>
  asSuperuser(facts, facts.port, async (client) => {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [ROLE])
    const password = client.escapeLiteral(facts.password)
    await client.query(`${roles.rowCount ? 'alter' : 'create'} role ${ROLE} login password ${password}`)
    const databases = await client.query('select 1 from pg_database where datname = $1', [ROLE])
    if (!databases.rowCount) await client.query(`create database ${ROLE} owner ${ROLE}`)
  })

/**
 * Starts PostgreSQL in `<dataDir>/postgres`, or adopts the one a killed owner left running there, and keeps it running:
 * should it die, it is started again on the same port. Works as root too: the server then runs as another user.
 * Throws {@link OwnedByAnotherError} when another living process owns the folder.
 */
export const startEmbeddedPostgres = async (given: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const options = { ...given, dataDir: resolve(given.dataDir) }
  await mkdir(options.dataDir, { recursive: true })
  const release = await takeOwnership(join(options.dataDir, 'postgres.lock'))
  try {
    return await startOwned(options, release)
  } catch (fault) {
    await release()
    throw fault
  }
}

const startOwned = async (
  options: EmbeddedOptions,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> => {
  const file = join(options.dataDir, 'postgres.json')
  let facts = await recall(file)
  if (!facts) {
    facts = { port: await freePort(0), superPassword: secret(), password: secret(), prepared: false }
    await remember(file, facts)
  }
  const cluster = await prepareCluster(
    join(options.dataDir, 'postgres'),
    facts.superPassword,
    options.durable !== false,
  )
  let server: { pid: number; port: number } =
    (await findOrphan(cluster, facts)) ?? (await launchSomehow(cluster, options, facts.port))
  if (server.port !== facts.port) await remember(file, (facts = { ...facts, port: server.port }))
  if (!facts.prepared) {
    await createDatabase(facts)
    await remember(file, (facts = { ...facts, prepared: true }))
  }
  const { port, superPassword, password } = facts

  let wanted = true
  let busy = false
  const revive = async (): Promise<void> => {
    if (!wanted || busy || isAlive(server.pid)) return
    busy = true
    try {
      log.error({ pid: server.pid }, 'PostgreSQL died, it is started again')
      server = await launchSomehow(cluster, options, port)
    } catch (fault) {
      log.error({ err: fault }, 'PostgreSQL could not be started again, another attempt follows')
    } finally {
      busy = false
    }
  }
  const supervision = setInterval(() => void revive(), 250)
  supervision.unref()

  return {
    url: address(ROLE, password, port, ROLE),
    adminUrl: address(SUPERUSER, superPassword, port, 'postgres'),
    pid: () => server.pid,
    stop: async () => {
      wanted = false
      clearInterval(supervision)
      await until(START_LIMIT, () => !busy)
      await shutDown(cluster, server.pid)
      await release()
    },
    restart: async (how = 'fast') => {
      await until(START_LIMIT, () => !busy)
      busy = true
      try {
        if (how === 'kill') {
          process.kill(server.pid, 'SIGKILL')
          await until(STOP_LIMIT, () => !isAlive(server.pid))
        } else await shutDown(cluster, server.pid)
        server = await launchSomehow(cluster, options, port)
      } finally {
        busy = false
      }
    },
  }
}
