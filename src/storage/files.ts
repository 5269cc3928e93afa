/** The folder of files: bytes go in whole or not at all, get a name of ours, and are never changed afterwards. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat, unlink } from 'node:fs/promises'
import { join, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { DomainError } from '../domain/errors.ts'
import { env } from '../env.ts'
import { detectType } from './detect-type.ts'

export type StoredFile = {
  /** 'ab/abcdef01-…': a random UUID under its first two characters. */
  key: string
  /** Bytes. */
  size: number
  /** Lower-case hexadecimal. */
  sha256: string
  mime: string
}

export type PutOptions = {
  /** Bytes; a bigger file is refused. 50 MiB unless told. */
  maxSize?: number
  /** The type of a file we made ourselves; without it the bytes are examined and unknown types refused. */
  mime?: string
}

export type FileSource = Readable | AsyncIterable<Uint8Array> | Uint8Array | { path: string }

export type FileStore = {
  /**
   * Writes, flushes to disk and only then gives the file its name.
   * Throws DomainError `file-too-large` {limit in MiB}, `file-empty`, `file-type-refused`; nothing is left behind.
   */
  put: (source: FileSource, options?: PutOptions) => Promise<StoredFile>
  /** The stream must be read or destroyed. Throws DomainError `file-missing`. */
  open: (key: string, range?: { start: number; end: number }) => Promise<{ stream: Readable; size: number }>
  /** Absolute path, for a program that reads files by itself. Throws on anything that is not a key. */
  pathOf: (key: string) => string
  /** SHA-256 of what is on disk now. Throws DomainError `file-missing`. */
  digest: (key: string) => Promise<string>
  /** A missing file is as good as removed. */
  remove: (key: string) => Promise<void>
  /** Everything in the folder, for the nightly search for files without a row. */
  list: () => AsyncIterable<{ key: string; size: number; modifiedAt: Date }>
  /** Removes what writers that died left unfinished before `before`; returns how many. */
  sweep: (before: Date) => Promise<number>
}

const MIB = 1024 * 1024
const KEY = /^(?<shard>[0-9a-f]{2})\/\k<shard>[0-9a-f]{6}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INCOMING = 'incoming'

const isMissing = (fault: unknown): boolean => (fault as NodeJS.ErrnoException).code === 'ENOENT'

const orMissing = (fault: unknown): never => {
  throw isMissing(fault) ? new DomainError('file-missing') : fault
}

const unlessGone = (fault: unknown): undefined => {
  // Removed by somebody else since the folder was read.
  if (!isMissing(fault)) throw fault
}

const chunksOf = (source: FileSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> => {
  if (source instanceof Uint8Array) return [source]
  if ('path' in source && !(source instanceof Readable)) return createReadStream(source.path)
  return source as AsyncIterable<Uint8Array>
}

/** The name of a new file lasts only when its folder is on disk too. */
const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const write = async (source: FileSource, path: string, maxSize: number) => {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o640)
  try {
    for await (const chunk of chunksOf(source)) {
      size += chunk.length
      if (size > maxSize) throw new DomainError('file-too-large', { limit: Math.floor(maxSize / MIB) })
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** The store in a folder, which several machines may share: keys are random and renames atomic. */
export const fileStore = (folder: string = env().STORAGE_DIR): FileStore => {
  const ready = new Set<string>()
  const ensure = async (path: string): Promise<string> => {
    if (ready.has(path)) return path
    await mkdir(path, { recursive: true, mode: 0o750 })
    await flushFolder(dirname(path))
    ready.add(path)
    return path
  }
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error(`not a key of a stored file: ${JSON.stringify(key.slice(0, 80))}`)
    return join(folder, key)
  }

  return {
    pathOf,

    async put(source, { maxSize = 50 * MIB, mime } = {}) {
      const name = randomUUID()
      const draft = join(await ensure(join(folder, INCOMING)), name)
      try {
        const written = await write(source, draft, maxSize)
        if (written.size === 0) throw new DomainError('file-empty')
        const type = mime ?? (await detectType(draft))
        if (!type) throw new DomainError('file-type-refused')
        const shard = await ensure(join(folder, name.slice(0, 2)))
        await rename(draft, join(shard, name))
        await flushFolder(shard)
        return { key: `${name.slice(0, 2)}/${name}`, ...written, mime: type }
      } catch (fault) {
        await rm(draft, { force: true })
        throw fault
      }
    },

    async open(key, range) {
      const file = await open(pathOf(key), 'r').catch(orMissing)
      const { size } = await file.stat()
      return { stream: file.createReadStream(range), size }
    },

    async digest(key) {
      const file = await open(pathOf(key), 'r').catch(orMissing)
      const hash = createHash('sha256')
      for await (const chunk of file.createReadStream()) hash.update(chunk as Uint8Array)
      return hash.digest('hex')
    },

    // Not `rm`, which asks twice what it removes: registers expire by the thousand.
    remove: (key) => unlink(pathOf(key)).catch(unlessGone),

    async *list() {
      for await (const shard of await opendir(await ensure(folder))) {
        if (!shard.isDirectory() || shard.name === INCOMING) continue
        for await (const entry of await opendir(join(folder, shard.name))) {
          const key = `${shard.name}/${entry.name}`
          if (!KEY.test(key)) continue
          const facts = await stat(join(folder, key)).catch(unlessGone)
          if (facts) yield { key, size: facts.size, modifiedAt: facts.mtime }
        }
      }
    },

    async sweep(before) {
      const incoming = await ensure(join(folder, INCOMING))
      let removed = 0
      for await (const entry of await opendir(incoming)) {
        const path = join(incoming, entry.name)
        const facts = await stat(path).catch(unlessGone)
        if (!facts || facts.mtime >= before) continue
        await rm(path, { force: true })
        removed++
      }
      return removed
    },
  }
}
