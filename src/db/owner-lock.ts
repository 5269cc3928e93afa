/** One owner per folder: a lock file that names a process and is worth nothing once that process is gone. */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

type Owner = { pid: number; bornAt: string; nonce: string }

const isMissing = (fault: unknown): boolean =>
  ['ENOENT', 'ESRCH'].includes((fault as NodeJS.ErrnoException).code ?? '')

/** State and start time of a process as Linux tells them; undefined elsewhere or when it is gone. */
const linuxStat = (pid: number): { state: string; bornAt: string } | undefined => {
  if (process.platform !== 'linux') return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces, so counting starts behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', bornAt: fields[19] ?? '' }
  } catch (fault) {
    if (isMissing(fault)) return undefined
    throw fault
  }
}

/** Whether a process runs. One that ended but was not collected by its parent does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return linuxStat(pid)?.state !== 'Z'
}

const readOwner = async (path: string): Promise<Owner | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch (fault) {
    // A half-written lock belongs to a process that died writing it.
    if (isMissing(fault) || fault instanceof SyntaxError) return undefined
    throw fault
  }
}

const stillOwns = (owner: Owner): boolean =>
  isAlive(owner.pid) && (!owner.bornAt || linuxStat(owner.pid)?.bornAt === owner.bornAt)

/** Thrown when another living process owns the folder. */
export class OwnedByAnotherError extends Error {
  readonly pid: number
  constructor(path: string, pid: number) {
    super(`process ${pid} is already working with this folder (${path})`)
    this.name = 'OwnedByAnotherError'
    this.pid = pid
  }
}

/**
 * Takes the lock at `path` for this process and returns the way to give it back. The lock of a dead process, or of
 * another process that has got its number since, is taken over. Throws {@link OwnedByAnotherError}.
 */
export const takeOwnership = async (path: string): Promise<() => Promise<void>> => {
  const found = await readOwner(path)
  if (found && stillOwns(found)) throw new OwnedByAnotherError(path, found.pid)
  const mine: Owner = { pid: process.pid, bornAt: linuxStat(process.pid)?.bornAt ?? '', nonce: randomUUID() }
  const draft = `${path}.${mine.nonce}`
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  await rename(draft, path)
  // Two processes may find the same dead owner at once: the last rename wins, and both look who it was.
  await sleep(20)
  const winner = await readOwner(path)
  if (winner?.nonce !== mine.nonce) throw new OwnedByAnotherError(path, winner?.pid ?? 0)
  return async () => {
    const now = await readOwner(path)
    if (now?.nonce === mine.nonce) await rm(path, { force: true })
  }
}
