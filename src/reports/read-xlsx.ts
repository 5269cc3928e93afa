/** Owns the reading of a table somebody filled in and sent back as .xlsx: hostile files out, messy cells in. */
import { DomainError } from '../domain/errors.ts'
import type { ReportText } from './define-report.ts'
import { newWorkbook, type LibrarySheet, type LibraryValue } from './xlsx-library.ts'
import { packStored, unpackXlsx, type UnpackLimits } from './xlsx-unpack.ts'

/**
 * One expected column. Its header is compared without case, spaces, quotes and punctuation, ё as е, in either
 * language; `also` names older or shorter headers. `day` becomes 'YYYY-MM-DD', `money` integer minor units,
 * `number` a number, `text` and `code` strings; `code` with `digits` is checked for zeros Excel has eaten.
 */
export type InputColumn = {
  key: string
  header: ReportText
  also?: readonly string[]
  format: 'text' | 'code' | 'day' | 'number' | 'money'
  /** The column must be in the file; its cells may still be empty. */
  required?: boolean
  /** Allowed lengths of an all-digit code, such as 10 and 12 for an INN. */
  digits?: readonly number[]
}

/** A cell that could not be taken as its column wants it; `code` is a kebab-case key under `errors.*`. */
export type CellFault = {
  key: string
  code: 'cell-not-a-day' | 'cell-not-a-number' | 'cell-lost-zeros' | 'cell-is-an-error'
  /** As it stands in the file. */
  value: string
}

export type InputRow = {
  /** As Excel shows it, counted from 1. */
  rowNumber: number
  values: Record<string, string | number | null>
  faults: CellFault[]
}

export type ReadTable = {
  rows: InputRow[]
  /** Name and value pairs of the hidden sheet `metaSheet`; empty when there is none. */
  meta: Record<string, string>
}

export type ReadOptions = Partial<UnpackLimits> & {
  columns: readonly InputColumn[]
  /** Rows with something in an expected column; 5000 unless told. */
  maxRows?: number
  metaSheet?: string
  /** How many rows from the top may stand above the headers. */
  headerWithin?: number
}

const LIMITS: UnpackLimits = { maxBytes: 5_242_880, maxUnpackedBytes: 16_777_216, maxEntries: 500 }

/** A formatted but empty row costs the parser as much as a full one. */
const EMPTY_ROWS_PER_ROW = 4
const CELLS_PER_ROW = 40

const plainHeader = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}№]/gu, '')

function count(bytes: Buffer, text: string, most: number): number {
  let found = 0
  for (let at = bytes.indexOf(text); at !== -1 && found <= most; at = bytes.indexOf(text, at + text.length))
    found++
  return found
}

/** Only the cells are kept of a sheet: links, pictures and tables point at parts that were not unpacked. */
function cellsOnly(sheet: Buffer): Buffer {
  const end = sheet.lastIndexOf('</sheetData>')
  return end === -1 ? sheet : Buffer.concat([sheet.subarray(0, end), Buffer.from('</sheetData></worksheet>')])
}

/** What stands in a cell, freed of formulas, links and rich text; an error value is an Error. */
function plainValue(value: LibraryValue): string | number | boolean | Date | null | Error {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object' || value instanceof Date) return value
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('hyperlink' in value) return plainValue(value.text)
  if ('error' in value) return new Error(value.error)
  if ('formula' in value || 'sharedFormula' in value) return plainValue(value.result)
  return null
}

const clean = (text: string) => text.replaceAll(/[\u00a0\u2007\u202f\t\r\n ]+/g, ' ').trim()

function dayOf(value: string | number | boolean | Date): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  // A date typed into a cell of another format arrives as Excel's day number.
  if (typeof value === 'number') {
    return value > 20_000 && value < 80_000
      ? new Date((Math.floor(value) - 25_569) * 86_400_000).toISOString().slice(0, 10)
      : null
  }
  const text = clean(String(value)).replace(/ ?г\.?$/i, '')
  const written = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)$/.exec(text)
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:T.*)?$/.exec(text)
  const [year, month, day] = written
    ? [written[3]!.length === 2 ? `20${written[3]}` : written[3]!, written[2]!, written[1]!]
    : (iso?.slice(1, 4) ?? [])
  if (!year || !month || !day) return null
  const result = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${result}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(result) ? result : null
}

/** '1 045,00', '1 045.00 ₽', 1045 as a decimal string; null when it is no number. */
function decimalText(value: string | number | boolean | Date): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null
  if (typeof value !== 'string') return null
  const text = clean(value)
    .replaceAll(' ', '')
    .replace(/(₽|₸|руб\.?|р\.|тг\.?|br)$/i, '')
    .replace(',', '.')
    .replace('−', '-')
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null
}

function minorOf(text: string): number | null {
  const minor = Math.round(Number(text) * 100)
  return Number.isSafeInteger(minor) &&
    Math.abs(minor / 100 - Number(text)) < 1e-9 * Math.max(1, Math.abs(minor))
    ? minor
    : null
}

/** Whole numbers as Excel keeps them, without an exponent. */
const codeText = (value: number) => (Number.isInteger(value) ? BigInt(value).toString() : String(value))

function readCell(column: InputColumn, raw: LibraryValue, faults: CellFault[]): string | number | null {
  const value = plainValue(raw)
  if (value === null) return null
  const fault = (code: CellFault['code'], shown: string) => {
    faults.push({ key: column.key, code, value: shown.slice(0, 200) })
    return null
  }
  if (value instanceof Error) return fault('cell-is-an-error', value.message)
  const shown = value instanceof Date ? (dayOf(value) ?? '') : clean(String(value))
  if (shown === '') return null
  switch (column.format) {
    case 'day':
      return dayOf(value) ?? fault('cell-not-a-day', shown)
    case 'number': {
      const text = decimalText(value)
      return text === null ? fault('cell-not-a-number', shown) : Number(text)
    }
    case 'money': {
      const text = decimalText(value)
      return (text === null ? null : minorOf(text)) ?? fault('cell-not-a-number', shown)
    }
    case 'text':
    case 'code': {
      if (value instanceof Date) return shown.split('-').toReversed().join('.')
      if (typeof value !== 'number') return shown
      const code = codeText(value)
      const lost =
        column.digits?.some((length) => code.length < length) && !column.digits.includes(code.length)
      // Kept as it stands: how many zeros were there is for a person to say.
      if (lost) faults.push({ key: column.key, code: 'cell-lost-zeros', value: code })
      return code
    }
  }
}

function textOf(value: LibraryValue): string {
  const plain = plainValue(value)
  return plain === null || plain instanceof Error || plain instanceof Date ? '' : clean(String(plain))
}

/** The row with most of the expected headers, and where each column stands. */
function findHeader(sheet: LibrarySheet, options: ReadOptions) {
  let best = { line: 0, places: new Map<string, number>() }
  for (let line = 1; line <= Math.min(sheet.rowCount, options.headerWithin ?? 30); line++) {
    const places = new Map<string, number>()
    sheet.getRow(line).eachCell((cell, at) => {
      const header = plainHeader(textOf(cell.value))
      if (header === '') return
      const column = options.columns.find(
        ({ key, header: { ru, en }, also = [] }) =>
          !places.has(key) && [ru, en, ...also].some((name) => plainHeader(name) === header),
      )
      if (column) places.set(column.key, at)
    })
    if (places.size > best.places.size) best = { line, places }
  }
  const missing = options.columns.filter(({ key, required }) => required && !best.places.has(key))
  if (best.line === 0 || missing.length > 0) {
    const names = (missing.length > 0 ? missing : options.columns).map(({ header }) => header.ru)
    throw new DomainError('xlsx-missing-columns', { columns: names.join(', ') })
  }
  return best
}

function readMeta(sheet: LibrarySheet | undefined): Record<string, string> {
  const meta: Record<string, string> = {}
  sheet?.eachRow((row, line) => {
    const name = textOf(row.getCell(1).value)
    if (line <= 100 && /^[a-z][a-z0-9_-]*$/i.test(name)) meta[name] = textOf(row.getCell(2).value)
  })
  return meta
}

async function loadWorkbook(file: Buffer, limits: UnpackLimits, maxRows: number) {
  const parts = unpackXlsx(file, limits)
  for (const [name, bytes] of parts) {
    if (!name.startsWith('xl/worksheets/')) continue
    const rows = count(bytes, '<row', maxRows * EMPTY_ROWS_PER_ROW + 1000)
    const cells = count(bytes, '<c ', maxRows * CELLS_PER_ROW + 10_000)
    if (rows > maxRows * EMPTY_ROWS_PER_ROW + 1000 || cells > maxRows * CELLS_PER_ROW + 10_000) {
      throw new DomainError('xlsx-too-big', { rows: maxRows })
    }
    parts.set(name, cellsOnly(bytes))
  }
  const workbook = newWorkbook()
  const packed = packStored(parts)
  try {
    await workbook.xlsx.load(
      packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length) as never,
    )
  } catch (error) {
    throw Object.assign(new DomainError('xlsx-unreadable'), { cause: error })
  }
  return workbook
}

/**
 * Reads the first visible sheet by its headers. Rows without anything in an expected column are left out; a cell
 * that does not fit becomes null and a fault of its row, so that all of them can be shown at once. Throws
 * DomainError 'xlsx-unreadable', 'xlsx-too-big' (`megabytes` or `rows`: the limit) or 'xlsx-missing-columns'
 * (`columns`: the absent headers). Two files in one are read as JSZip and Excel do: by the last directory.
 */
export async function readXlsx(file: Uint8Array, options: ReadOptions): Promise<ReadTable> {
  const limits = {
    ...LIMITS,
    ...Object.fromEntries(Object.entries(options).filter(([key]) => key in LIMITS)),
  }
  const maxRows = options.maxRows ?? 5000
  const workbook = await loadWorkbook(
    Buffer.from(file.buffer, file.byteOffset, file.byteLength),
    limits,
    maxRows,
  )
  const meta = options.metaSheet ? readMeta(workbook.getWorksheet(options.metaSheet)) : {}
  const sheet = workbook.worksheets.find(({ state }) => state !== 'hidden' && state !== 'veryHidden')
  if (!sheet) throw new DomainError('xlsx-unreadable')
  const { line: headerLine, places } = findHeader(sheet, options)
  const rows: InputRow[] = []
  sheet.eachRow((row, rowNumber) => {
    if (rowNumber <= headerLine) return
    const faults: CellFault[] = []
    const values: InputRow['values'] = {}
    for (const column of options.columns) {
      const at = places.get(column.key)
      values[column.key] = at === undefined ? null : readCell(column, row.getCell(at).value, faults)
    }
    if (faults.length === 0 && Object.values(values).every((value) => value === null)) return
    if (rows.length >= maxRows) throw new DomainError('xlsx-too-big', { rows: maxRows })
    rows.push({ rowNumber, values, faults })
  })
  return { rows, meta }
}
