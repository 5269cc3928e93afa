/** Reads separated values: encoding and separator are found out, quotes are forgiven, memory stays flat. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { DomainError } from '../../domain/errors.ts'
import type { TableRow } from './table-file.ts'

export const encodings = ['utf-8', 'windows-1251'] as const
export type Encoding = (typeof encodings)[number]

export const delimiters = [';', ',', '\t', '|'] as const

export type CsvShape = Readonly<{ format: 'csv'; encoding: Encoding; delimiter: string }>

const sampleBytes = 256 * 1024
/** A quote that is never closed must not swallow the rest of the file. */
const longestRow = 256 * 1024

const options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  max_record_size: longestRow,
} as const

/** The beginning of the file up to a whole line. */
async function sampleOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    const end = bytesRead < sampleBytes ? bytesRead : buffer.lastIndexOf(0x0a, bytesRead - 1) + 1
    return buffer.subarray(0, end === 0 ? bytesRead : end)
  } finally {
    await file.close()
  }
}

export async function sniffCsv(path: string): Promise<CsvShape> {
  const sample = await sampleOf(path)
  const encoding = encodingOf(sample)
  const text = new TextDecoder(encoding).decode(sample)
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }))
    .sort((one, other) => other.score - one.score)
  return { format: 'csv', encoding, delimiter: best && best.score > 0 ? best.delimiter : ';' }
}

/** What is not UTF-8 is taken for windows-1251, in which everything is something. */
function encodingOf(sample: Buffer): Encoding {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample)
    return 'utf-8'
  } catch (fault) {
    if (fault instanceof TypeError) return 'windows-1251'
    throw fault
  }
}

/** Columns times the share of rows that agree about their number; 0 for a separator that separates nothing. */
function scoreOf(text: string, delimiter: string): number {
  const rows = parseQuietly(text, delimiter)
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [usual] = [...counts].filter(([width]) => width > 1).sort((one, other) => other[1] - one[1])
  if (!usual) return 0
  const [width, times] = usual
  return (times / rows.length) * Math.min(width, 50)
}

function parseQuietly(text: string, delimiter: string): string[][] {
  try {
    return parseNow(text, { ...options, bom: true, delimiter, to: 100 })
  } catch (fault) {
    if (fault instanceof CsvError) return []
    throw fault
  }
}

/**
 * The parser is fed by hand and its rows are taken from under it: a stream of objects would cost more than the parsing.
 * @throws DomainError `register-file-unreadable` naming the row after which nothing could be read
 */
export async function* readCsv(path: string, { encoding, delimiter }: CsvShape): AsyncGenerator<TableRow[]> {
  // UTF-8 is the parser's own.
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding)
  const bytes = createReadStream(path, { highWaterMark: 128 * 1024 })
  let number = 0
  let rows: TableRow[] = []
  const parser = parse({
    ...options,
    bom: true,
    delimiter,
    on_record: (cells: string[]) => {
      number += 1
      rows.push({ number, cells })
      return null
    },
  })
  // It speaks a second time, when whoever fed it has heard already.
  parser.on('error', () => undefined)
  const fed = (feed: (done: (fault?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      parser.once('error', reject)
      feed((fault) => {
        parser.off('error', reject)
        if (fault) reject(fault)
        else resolve()
      })
    })
  try {
    for await (const chunk of bytes) {
      const piece = decoder ? decoder.decode(chunk as Buffer, { stream: true }) : (chunk as Buffer)
      await fed((done) => parser.write(piece, done))
      if (rows.length > 0) yield rows
      rows = []
    }
    parser.resume()
    await fed((done) => parser.end(decoder?.decode() ?? '', done))
    if (rows.length > 0) yield rows
  } catch (fault) {
    if (fault instanceof CsvError) throw new DomainError('register-file-unreadable', { row: number + 1 })
    throw fault
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}

/** Ends of lines: more than there are rows only where a cell holds several lines. */
export async function countLines(path: string): Promise<number> {
  let lines = 0
  let last = 0x0a
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const bytes = chunk as Buffer
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines += 1
    last = bytes.at(-1) ?? last
  }
  return last === 0x0a ? lines : lines + 1
}
