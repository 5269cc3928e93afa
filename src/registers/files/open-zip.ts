/** Opens a zip from the disk without reading it whole: its directory first, then any entry as a stream. */
import { open, type FileHandle } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { DomainError } from '../../domain/errors.ts'

type Entry = Readonly<{ method: number; flags: number; packed: number; offset: number }>

export type Zip = Readonly<{
  names: readonly string[]
  /** @throws DomainError `xlsx-unreadable` for an entry that is not there, encrypted, or packed in a way we do not know */
  read: (name: string) => Promise<Readable>
  close: () => Promise<void>
}>

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const FULL = 0xffffffff
const largestDirectory = 16 * 1024 * 1024

const unreadable = () => new DomainError('xlsx-unreadable')

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw unreadable()
  return buffer
}

const big = (buffer: Buffer, at: number): number => {
  const value = Number(buffer.readBigUInt64LE(at))
  if (!Number.isSafeInteger(value)) throw unreadable()
  return value
}

/** Where the directory is; for a file over 4 GB its second, longer end says so. */
async function directoryOf(file: FileHandle, size: number): Promise<Buffer> {
  const tailSize = Math.min(size, 22 + 65_535 + 20)
  const tail = await bytesAt(file, size - tailSize, tailSize)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + 22 + tail.readUInt16LE(at + 20) !== tail.length) continue
    let length = tail.readUInt32LE(at + 12)
    let offset = tail.readUInt32LE(at + 16)
    if ((offset === FULL || length === FULL) && at >= 20 && tail.readUInt32LE(at - 20) === LOCATOR_64) {
      const end = await bytesAt(file, big(tail, at - 12), 56)
      if (end.readUInt32LE(0) !== END_64) throw unreadable()
      length = big(end, 40)
      offset = big(end, 48)
    }
    if (length > largestDirectory || offset + length > size) throw unreadable()
    return bytesAt(file, offset, length)
  }
  throw unreadable()
}

function entriesOf(directory: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== CENTRAL) break
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const name = directory
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replaceAll('\\', '/')
      .replace(/^\/+/, '')
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    entries.set(name, {
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      ...placeOf(directory, at, extra),
    })
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** Sizes that do not fit into 32 bits stand in an extra field, only those that do not fit, in a fixed order. */
function placeOf(directory: Buffer, at: number, extra: Buffer): { packed: number; offset: number } {
  let packed = directory.readUInt32LE(at + 20)
  let offset = directory.readUInt32LE(at + 42)
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== 1) continue
    let next = field + 4 + (directory.readUInt32LE(at + 24) === FULL ? 8 : 0)
    if (packed === FULL) {
      packed = big(extra, next)
      next += 8
    }
    if (offset === FULL) offset = big(extra, next)
  }
  return { packed, offset }
}

/** The caller closes it. @throws DomainError `xlsx-unreadable` for anything that is not a whole zip */
export async function openZip(path: string): Promise<Zip> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size < 22) throw unreadable()
    const entries = entriesOf(await directoryOf(file, size))
    return {
      names: [...entries.keys()],
      close: () => file.close(),
      async read(name) {
        const entry = entries.get(name)
        if (!entry || entry.flags & 1 || (entry.method !== 0 && entry.method !== 8)) throw unreadable()
        const head = await bytesAt(file, entry.offset, 30)
        if (head.readUInt32LE(0) !== LOCAL) throw unreadable()
        const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
        const packed = file.createReadStream({
          start,
          end: start + entry.packed - 1,
          autoClose: false,
          highWaterMark: 256 * 1024,
        })
        if (entry.method === 0) return packed
        // What goes wrong is heard by whoever reads.
        return pipeline(packed, createInflateRaw({ chunkSize: 128 * 1024 }), () => undefined)
      },
    }
  } catch (fault) {
    await file.close()
    throw fault
  }
}
