/** Owns the XML of one table row: how each kind of value becomes a cell. */
import type { CellPlace, CellTone, CellValue, Column, ColumnFormat, ReportContext } from './define-report.ts'
import type { CellFormat } from './xlsx-styles.ts'

const MAX_TEXT = 32_767
const DAY_MS = 86_400_000
/** 1899-12-30, the day Excel counts from, in days before 1970-01-01. */
const EPOCH_DAYS = 25_569
const CACHED = 20_000

// Characters XML forbids or reserves, and the `_x0041_` notation which Excel would decode.
const SPECIAL = /[&<>\ufffe\uffff]|[^\P{Cc}\t\n]|_x[0-9A-Fa-f]{4}_/u
const SPECIALS = new RegExp(SPECIAL, 'gu')

function escapeSpecial(found: string): string {
  if (found === '&') return '&amp;'
  if (found === '<') return '&lt;'
  if (found === '>') return '&gt;'
  if (found.length > 1) return `_x005F${found}`
  return ''
}

const isBlankCode = (code: number) => code === 32 || (code >= 9 && code <= 13)

/** Text as the inside of `<is>`; longer than Excel's 32 767 characters is cut with an ellipsis. */
function textXml(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
  const safe = SPECIAL.test(cut) ? cut.replaceAll(SPECIALS, escapeSpecial) : cut
  return isBlankCode(safe.charCodeAt(0)) || isBlankCode(safe.charCodeAt(safe.length - 1))
    ? `<t xml:space="preserve">${safe}</t>`
    : `<t>${safe}</t>`
}

/** Integer units of `10^-places` as an exact decimal, without going through a binary fraction. */
export function decimal(units: number | bigint, places: number): string {
  if (places === 0) return String(units)
  const negative = units < 0
  const digits = String(negative ? -units : units).padStart(places + 1, '0')
  return `${negative ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** 'YYYY-MM-DD' as Excel's day number; throws TypeError for anything else. */
function daySerial(day: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time)) throw new TypeError(`not a day: ${day}`)
  return time / DAY_MS + EPOCH_DAYS
}

/** Instants as Excel's day numbers of the wall clock in a zone; offsets are looked up once per quarter of an hour. */
function instantSerial(timezone: string): (instant: Date | string) => number {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const offsets = new Map<number, number>()
  return (instant) => {
    const time = instant instanceof Date ? instant.getTime() : Date.parse(instant)
    if (Number.isNaN(time)) throw new TypeError(`not an instant: ${String(instant)}`)
    const quarter = Math.floor(time / 900_000)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      const start = quarter * 900_000
      const part = Object.fromEntries(
        wall.formatToParts(start).map(({ type, value }) => [type, Number(value)]),
      )
      offset = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']) - start
      if (offsets.size >= CACHED) offsets.clear()
      offsets.set(quarter, offset)
    }
    // Whole milliseconds, and no digits a double does not have.
    return Math.round(((time + offset) / DAY_MS + EPOCH_DAYS) * 1e9) / 1e9
  }
}

/** Digits after the point in the sums of a format. */
export const PLACES: Partial<Record<ColumnFormat, number>> = { money: 2, integer: 0, quantity: 3 }

const DECIMAL = /^-?\d+(\.\d{1,3})?0*$/

/** A number or decimal string as units of `10^-places`; throws TypeError when it has more digits than that. */
function unitsOf(value: CellValue, places: number): number | bigint {
  if (typeof value === 'bigint') return value * 10n ** BigInt(places)
  if (typeof value === 'number') {
    const units = places === 0 ? value : Math.round(value * 1000)
    if (!Number.isSafeInteger(units) || (places > 0 && Math.abs(units / 1000 - value) > 1e-9)) {
      throw new TypeError(`not a number with at most ${places} decimal places: ${value}`)
    }
    return units
  }
  if (typeof value !== 'string' || !DECIMAL.test(value)) throw new TypeError(`not a number: ${String(value)}`)
  const [whole = '0', fraction = ''] = value.split('.')
  if (places === 0 && /[1-9]/.test(fraction)) throw new TypeError(`not a whole number: ${value}`)
  const units = BigInt(
    whole.replace('-', '') + (places === 0 ? '' : fraction.slice(0, places).padEnd(places, '0')),
  )
  return value.startsWith('-') ? -units : units
}

/** Excel's letters of a column counted from 0. */
export function columnLetters(index: number): string {
  const high = Math.floor(index / 26)
  return (high ? columnLetters(high - 1) : '') + String.fromCharCode(65 + (index % 26))
}

const WHOLE: Partial<Record<ColumnFormat, CellFormat>> = { quantity: 'integer', percent: 'wholePercent' }

/** Asks the workbook for the number of a style. */
export type StyleNumbers = {
  body: (format: CellFormat, wrap: boolean, tone: CellTone | null) => number
  total: (format: CellFormat) => number
}

type Prepared = {
  key: string
  format: ColumnFormat
  value: (row: never, place: Readonly<CellPlace>) => CellValue
  tone: ((row: never) => CellTone | null) | undefined
  wrap: boolean
  letters: string
  reference: string
  number: string
  /** `number` for a whole quantity or per cent. */
  whole: string
  text: string
  empty: string
  days: Map<string, string>
  places: number
  /** Sum so far: small part in a number, moved to the bigint before it could lose a unit. */
  small: number
  large: bigint
  summed: boolean
}

export type RowWriter = {
  /** XML of one row; `line` is the row of the sheet. Adds to the sums. Throws TypeError for a wrong value. */
  row: (row: never, line: number, place: CellPlace) => string
  /** Sums since the last call of `totalRow`, as a row of SUBTOTAL formulas over `first`..`last`. */
  totalRow: (first: number, last: number, label: string) => string | null
  /** Sums of all rows in minor units (money 0.01, quantity 0.001, integer 1). */
  sums: () => Record<string, bigint>
}

function add(column: Prepared, units: number | bigint): void {
  if (typeof units === 'bigint') {
    column.large += units
    return
  }
  column.small += units
  if (column.small > 4e15 || column.small < -4e15) {
    column.large += BigInt(column.small)
    column.small = 0
  }
}

function minor(value: CellValue): number | bigint {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return value as number | bigint
  throw new TypeError(`not a sum in whole minor units: ${String(value)}`)
}

/** Prepares the writing of rows for one set of columns; everything that does not depend on the row is done here. */
export function rowWriter(
  columns: readonly Column<never>[],
  styles: StyleNumbers,
  context: Pick<ReportContext, 'timezone'>,
): RowWriter {
  const serial = instantSerial(context.timezone)
  const prepared = columns.map((column, index): Prepared => {
    const letters = columnLetters(index)
    const style = styles.body(column.format, column.wrap ?? false, null)
    return {
      key: column.key,
      format: column.format,
      value: column.value,
      tone: column.tone,
      wrap: column.wrap ?? false,
      letters,
      reference: `<c r="${letters}`,
      number: `" s="${style}"><v>`,
      whole: `" s="${styles.body(WHOLE[column.format] ?? column.format, column.wrap ?? false, null)}"><v>`,
      text: `" s="${style}" t="inlineStr"><is>`,
      empty: `" s="${style}"/>`,
      days: new Map(),
      places: PLACES[column.format] ?? 0,
      small: 0,
      large: 0n,
      summed: column.total === 'sum',
    }
  })
  const overall = new Map(prepared.filter(({ summed }) => summed).map(({ key }) => [key, 0n]))

  const content = (column: Prepared, value: CellValue, row: never): string => {
    switch (column.format) {
      case 'text':
      case 'code':
        return `${column.text}${textXml(String(value))}</is></c>`
      case 'state': {
        const tone = column.tone?.(row) ?? null
        if (!tone) return `${column.text}${textXml(String(value))}</is></c>`
        const style = styles.body('state', column.wrap, tone)
        return `" s="${style}" t="inlineStr"><is>${textXml(String(value))}</is></c>`
      }
      case 'money': {
        const units = minor(value)
        if (column.summed) add(column, units)
        return `${column.number}${decimal(units, 2)}</v></c>`
      }
      case 'integer':
      case 'quantity': {
        const units = unitsOf(value, column.places)
        if (column.summed) add(column, units)
        const amount = Number(units) / 10 ** column.places
        return `${Number.isInteger(amount) ? column.whole : column.number}${amount}</v></c>`
      }
      case 'percent':
        if (typeof value === 'number') {
          const head = Number.isInteger(value) ? column.whole : column.number
          return `${head}${Number((value / 100).toFixed(6))}</v></c>`
        }
        return `${column.text}${textXml(String(value))}</is></c>`
      case 'day': {
        const day = String(value)
        let cell = column.days.get(day)
        if (cell === undefined) {
          cell = `${column.number}${daySerial(day)}</v></c>`
          if (column.days.size >= CACHED) column.days.clear()
          column.days.set(day, cell)
        }
        return cell
      }
      case 'instant':
        return `${column.number}${serial(value as Date | string)}</v></c>`
    }
  }

  const sums = () =>
    Object.fromEntries(
      prepared
        .filter(({ summed }) => summed)
        .map(({ key, small, large }) => [key, overall.get(key)! + large + BigInt(small)]),
    )

  return {
    sums,
    row(row, line, place) {
      let xml = `<row r="${line}">`
      for (const column of prepared) {
        const value = column.value(row, place)
        if (value === null || value === undefined || value === '') {
          xml += column.reference + line + column.empty
          continue
        }
        try {
          xml += column.reference + line + content(column, value, row)
        } catch (error) {
          throw new TypeError(`Column ${column.key}, row ${place.number}: ${(error as Error).message}`, {
            cause: error,
          })
        }
      }
      return `${xml}</row>`
    },
    totalRow(first, last, label) {
      if (!prepared.some(({ summed }) => summed)) return null
      const line = last + 1
      let xml = `<row r="${line}" ht="16" customHeight="1">`
      for (const [index, column] of prepared.entries()) {
        const units = column.large + BigInt(column.small)
        const whole = column.format === 'quantity' && units % 1000n === 0n
        const style = styles.total(!column.summed ? 'text' : whole ? 'integer' : column.format)
        xml += `${column.reference}${line}" s="${style}"`
        if (column.summed) {
          overall.set(column.key, overall.get(column.key)! + units)
          column.large = 0n
          column.small = 0
          const range = `${column.letters}${first}:${column.letters}${last}`
          xml += `><f>SUBTOTAL(109,${range})</f><v>${decimal(units, column.places)}</v></c>`
        } else {
          xml += index === 0 ? ` t="inlineStr"><is>${textXml(label)}</is></c>` : '/>'
        }
      }
      return `${xml}</row>`
    },
  }
}
