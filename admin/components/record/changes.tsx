/** What an event changed: the name of each field, what it held before and what it holds after. */

import type { HistoryEntry } from '../../desk-types.ts'
import { useWords, type Words } from '../use-words.ts'

const shown = (words: Words, resourceId: string, property: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return words.t(value ? 'screens.yes' : 'screens.no')
  if (typeof value === 'number') return property.endsWith('Minor') ? words.sum(value) : words.number(value)
  if (Array.isArray(value)) return value.map((one) => shown(words, resourceId, property, one)).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return words.exact(text)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return words.day(text)
  return words.value(resourceId, property, text)
}

/** @param resourceId whose fields they are: their names and values are read in its words */
export const Changes = ({
  resourceId,
  changes,
}: {
  resourceId: string
  changes: HistoryEntry['changes']
}) => {
  const words = useWords()
  return (
    <dl className="cd-changes">
      {changes.map(({ property, before, after }) => (
        <div key={property} style={{ display: 'contents' }}>
          <dt>{words.property(resourceId, property)}</dt>
          <dd>
            <del>{shown(words, resourceId, property, before)}</del>
            {' → '}
            <ins>{shown(words, resourceId, property, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
