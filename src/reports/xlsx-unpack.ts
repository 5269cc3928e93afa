/** Owns the opening of a foreign xlsx: a zip read with limits, and repacked with only the parts we need. */
import { crc32, inflateRawSync } from 'node:zlib'
import { DomainError } from '../domain/errors.ts'

export type UnpackLimits = {
  /** Of the file as uploaded. */
  maxBytes: number
  /** Of everything that is unpacked, together. */
  maxUnpackedBytes: number
  maxEntries: number
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_SIZE = 22
const ENCRYPTED = 1

type Entry = { name: string; method: number; flags: number; packed: number; offset: number }

const unreadable = () => new DomainError('xlsx-unreadable')
const tooBig = (limits: UnpackLimits) =>
  new DomainError('xlsx-too-big', { megabytes: Math.max(1, Math.floor(limits.maxBytes / 1_048_576)) })

function endOfZip(file: Buffer): number {
  const lowest = Math.max(0, file.length - END_SIZE - 65_535)
  for (let at = file.length - END_SIZE; at >= lowest; at--) {
    if (file.readUInt32LE(at) === END_SIGNATURE && at + END_SIZE + file.readUInt16LE(at + 20) === file.length)
      return at
  }
  throw unreadable()
}

function listEntries(file: Buffer, limits: UnpackLimits): Entry[] {
  const end = endOfZip(file)
  const count = file.readUInt16LE(end + 10)
  if (count > limits.maxEntries) throw tooBig(limits)
  let at = file.readUInt32LE(end + 16)
  const entries: Entry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || file.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw unreadable()
    const nameLength = file.readUInt16LE(at + 28)
    entries.push({
      name: file
        .toString('utf8', at + 46, at + 46 + nameLength)
        .replaceAll('\\', '/')
        .replace(/^\/+/, ''),
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

/** Unpacks at most `room` bytes: the declared size is not believed. */
function unpackEntry(file: Buffer, entry: Entry, room: number, limits: UnpackLimits): Buffer {
  const { offset, packed } = entry
  if (entry.flags & ENCRYPTED || offset + 30 > file.length || file.readUInt32LE(offset) !== LOCAL_SIGNATURE) {
    throw unreadable()
  }
  const from = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  if (from + packed > file.length) throw unreadable()
  const bytes = file.subarray(from, from + packed)
  if (entry.method === 0) {
    if (bytes.length > room) throw tooBig(limits)
    return bytes
  }
  if (entry.method !== 8) throw unreadable()
  if (room < 1) throw tooBig(limits)
  try {
    return inflateRawSync(bytes, { maxOutputLength: room })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooBig(limits) : unreadable()
  }
}

// Pictures, charts, comments, macros, links and printer settings are not opened at all.
const WANTED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i

/**
 * The wanted parts of an xlsx by name. Throws DomainError 'xlsx-unreadable' (not a zip, damaged, encrypted, no
 * workbook inside, a DTD in the XML) or 'xlsx-too-big' (`megabytes` is the limit of the file).
 */
export function unpackXlsx(file: Buffer, limits: UnpackLimits): Map<string, Buffer> {
  if (file.length > limits.maxBytes) throw tooBig(limits)
  if (file.length < END_SIZE) throw unreadable()
  const parts = new Map<string, Buffer>()
  let room = limits.maxUnpackedBytes
  for (const entry of listEntries(file, limits)) {
    if (!WANTED.test(entry.name)) continue
    if (parts.has(entry.name)) throw unreadable()
    const bytes = unpackEntry(file, entry, room, limits)
    room -= bytes.length
    if (bytes.includes('<!DOCTYPE')) throw unreadable()
    parts.set(entry.name, bytes)
  }
  if (!parts.has('xl/workbook.xml')) throw unreadable()
  return parts
}

/** A plain stored zip of the parts, for a reader that must not meet anything we have not measured. */
export function packStored(parts: ReadonlyMap<string, Buffer>): Buffer {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of parts) {
    const encoded = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt32LE(0x00210000, 6)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(encoded.length, 22)
    const local = Buffer.alloc(4)
    local.writeUInt32LE(LOCAL_SIGNATURE)
    body.push(local, common, encoded, bytes)
    const central = Buffer.alloc(6)
    central.writeUInt32LE(CENTRAL_SIGNATURE)
    central.writeUInt16LE(20, 4)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(central, common, rest, encoded)
    offset += 30 + encoded.length + bytes.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(END_SIZE)
  end.writeUInt32LE(END_SIGNATURE)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...body, listing, end])
}
