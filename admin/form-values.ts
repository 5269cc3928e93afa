/** From what a form posted to what a column holds, or the code of what is wrong with it. */
import type { ParamsType } from 'adminjs'
import { isDay } from '../src/domain/calendar.ts'
import { DomainError } from '../src/domain/errors.ts'
import type { DeskProperty } from './property.ts'

/** The most a column of four bytes holds. */
const largestInteger = 2_147_483_647
const longestText = 10_000

type Ways = Readonly<{
  /** Whether a referenced record exists for this person. */
  isVisible: (id: string) => Promise<boolean>
  /** Whether the column holds whole numbers of four bytes. */
  isInteger: boolean
}>

/** @throws DomainError with the code for the field */
export async function readValue(property: DeskProperty, raw: unknown, ways: Ways): Promise<unknown> {
  const { as } = property.shown
  const options = property.availableValues()
  const refuseForeign = (one: string) => {
    if (options && !options.includes(one)) throw new DomainError('bad-value')
  }
  if (as === 'list') {
    const given = (Array.isArray(raw) ? raw.map(readText) : readText(raw ?? '').split(','))
      .map((one) => one.trim())
      .filter(Boolean)
    given.forEach(refuseForeign)
    return given
  }
  const value = typeof raw === 'string' ? raw.trim() : raw
  if (value === '' || value === null || value === undefined) {
    if (property.isRequired() && as !== 'flag') throw new DomainError('required')
    return as === 'flag' ? false : null
  }
  if (as === 'json') return typeof value === 'string' ? readJson(value) : value
  const text = readText(value)
  refuseForeign(text)
  switch (as) {
    case 'flag':
      if (text !== 'true' && text !== 'false') throw new DomainError('bad-value')
      return text === 'true'
    case 'day':
      return readDay(text)
    case 'instant':
      return readInstant(text)
    case 'reference':
      if (!(await ways.isVisible(text))) throw new DomainError('reference-not-found')
      return Number(text)
    case 'money':
    case 'number':
    case 'percent':
      return readNumber(text, as === 'money' || !ways.isInteger ? as : 'integer')
    default:
      return text
  }
}

/** @throws DomainError `bad-value` for lists and objects, which no field of a form sends */
export function readText(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') throw new DomainError('bad-value')
  // PostgreSQL keeps no zero byte, and nobody types one.
  return String(value).replaceAll('\0', '').trim().slice(0, longestText)
}

/** @throws DomainError `bad-day` */
export function readDay(text: string): string {
  if (!isDay(text)) throw new DomainError('bad-day')
  return text
}

function readInstant(text: string): string {
  const isWhole = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  if (!isWhole || !isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text)))
    throw new DomainError('bad-day')
  return text
}

/** Whole numbers as numbers; others as they were written, for a decimal column loses nothing. */
export function readNumber(text: string, as: 'money' | 'integer' | 'number' | 'percent'): number | string {
  if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) throw new DomainError('bad-number')
  if (as === 'number' || as === 'percent') return text
  const number = Number(text)
  if (!Number.isSafeInteger(number))
    throw new DomainError(as === 'integer' ? 'bad-whole-number' : 'bad-number')
  if (as === 'integer' && Math.abs(number) > largestInteger) throw new DomainError('out-of-bounds')
  return number
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (fault) {
    if (fault instanceof SyntaxError) throw new DomainError('bad-value')
    throw fault
  }
}

/** AdminJS flattens lists into `roles.0`, `roles.1`: gathers them again. */
export function gathered(params: ParamsType): ParamsType {
  const whole: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(params)) {
    const [root, index] = path.split('.')
    if (!root || index === undefined) whole[path] = value
    else if (/^\d+$/.test(index)) whole[root] = [...((whole[root] as unknown[] | undefined) ?? []), value]
    else whole[root] = { ...(whole[root] as object | undefined), [path.slice(root.length + 1)]: value }
  }
  return whole
}
