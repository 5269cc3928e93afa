/** AdminJS flattens what a column holds: a list into `roles.0`, `roles.1`, named parts into `details.name`. Reads it whole. */

import type { Values } from './desk-api.ts'

/** The named parts of a column, one level or several (`phone.after`), as they stand. */
export const partsOf = (params: Values, property: string): [path: string, value: unknown][] =>
  Object.entries(params)
    .filter(([key]) => key.startsWith(`${property}.`))
    .map(([key, value]) => [key.slice(property.length + 1), value])

/** The items of a list. */
export const itemsOf = (params: Values, property: string): unknown[] =>
  partsOf(params, property)
    .filter(([index]) => /^\d+$/.test(index))
    .map(([, value]) => value)

/** What is wrong with which field, with what its sentence needs. */
export const faultsOf = (
  params: Values,
  property: string,
): { field: string; code: string; params: Record<string, string | number> }[] => {
  const parts = partsOf(params, property)
  return parts
    .filter(([path]) => /^\w+\.code$/.test(path))
    .map(([path, code]) => {
      const [field = ''] = path.split('.')
      const own = parts.filter(([one]) => one.startsWith(`${field}.params.`))
      return {
        field,
        code: String(code),
        params: Object.fromEntries(
          own.map(([one, value]) => [one.slice(`${field}.params.`.length), value as string | number]),
        ),
      }
    })
}
