/** From what a form posted to what a column holds, or the code of what is wrong with it. */
import type { ParamsType } from 'adminjs'
import { DomainError } from '../src/domain/errors.ts'
import type { DeskProperty } from './property.ts'

/** @param isVisible whether a referenced record exists for this person @throws DomainError with the code for the field */
export async function readValue(
  property: DeskProperty,
  raw: unknown,
  { isVisible, isInteger }: { isVisible: (id: string) => Promise<boolean>; isInteger: boolean },
): Promise<unknown> {
  const { as } = property.shown
  const value = typeof raw === 'string' ? raw.trim() : raw
  if (as === 'list')
    return Array.isArray(value)
      ? value.map(String).filter(Boolean)
      : String(value ?? '')
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean)
  if (value === '' || value === null || value === undefined) {
    if (property.isRequired() && as !== 'flag') throw new DomainError('required')
    return as === 'flag' ? false : null
  }
  if (as === 'flag') return value === true || value === 'true'
  if (as === 'day' && !/^\d{4}-\d{2}-\d{2}$/.test(String(value))) throw new DomainError('bad-day')
  if (
    (as === 'money' || as === 'number' || as === 'percent') &&
    !/^-?\d{1,15}(\.\d{1,6})?$/.test(String(value))
  )
    throw new DomainError('bad-number')
  if (as === 'money' && !Number.isSafeInteger(Number(value))) throw new DomainError('bad-number')
  if (as === 'json') return typeof value === 'string' ? readJson(value) : value
  const options = property.availableValues()
  if (options && !options.includes(String(value))) throw new DomainError('bad-value')
  if (as === 'reference') {
    if (!(await isVisible(String(value)))) throw new DomainError('reference-not-found')
    return Number(value)
  }
  if (as === 'text' || as === 'long' || as === 'code') return String(value).slice(0, 10_000)
  return as === 'money' || isInteger ? Number(value) : value
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
