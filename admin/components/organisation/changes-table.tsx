/** What would become of each field, side by side: before and after. */

import { useWords } from '../use-words.ts'

export type WantedChanges = Record<string, { before: string | null; after: string | null }>

export const ChangesTable = ({ changes }: { changes: WantedChanges }) => {
  const words = useWords()
  const shown = (property: string, value: string | null) =>
    value === null ? '—' : property === 'phone' ? words.phone(value) : value
  return (
    <dl className="cd-changes">
      {Object.entries(changes).map(([property, { before, after }]) => (
        <div key={property} style={{ display: 'contents' }}>
          <dt>{words.property('organisations', property)}</dt>
          <dd>
            <del>{shown(property, before)}</del>
            {' → '}
            <ins>{shown(property, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
