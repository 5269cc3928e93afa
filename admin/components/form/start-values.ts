/** What a form starts with: the record's own values, or those the address gives to a new one. */

import type { FormSection } from '../../view-types.ts'
import type { RecordData, Values } from '../desk-api.ts'
import { itemsOf } from '../flat-params.ts'
import { withoutTail } from '../format.ts'

/** A form wants its lists whole. */
const whole = (params: Values, property: string): unknown => {
  if (property in params) return params[property]
  const items = itemsOf(params, property)
  return items.length ? items : null
}

export const startOfRecord = (sections: FormSection[], record: RecordData): Values => ({
  ...Object.fromEntries(
    sections.flatMap(({ fields }) =>
      fields.map(({ property, as }) => {
        const value = whole(record.params, property) ?? null
        const isDecimal = (as === 'percent' || as === 'number') && typeof value === 'string'
        return [property, isDecimal ? withoutTail(value) : value]
      }),
    ),
  ),
  ...('version' in record.params && { version: record.params['version'] }),
})

export const startOfNew = (sections: FormSection[], search: URLSearchParams): Values =>
  Object.fromEntries(
    sections.flatMap(({ fields }) =>
      fields.map(({ property, as, required, options, start }) => {
        const given = search.get(property)
        if (given) return [property, given]
        if (start !== undefined) return [property, start]
        if (as === 'flag') return [property, false]
        // A required choice starts with its first value: a select that shows one and sends none is a trap.
        return [property, required && as === 'choice' ? (options?.[0] ?? null) : null]
      }),
    ),
  )
