/** What would become of each field, side by side: before and after. */

import { useWords } from '../use-words.ts'

export type WantedChanges = Record<string, { before: string | null; after: string | null }>

export const ChangesTable = ({ changes }: { changes: WantedChanges }) => {
  const words = useWords()
  return (
    <dl className="cd-changes">
      {Object.entries(changes).map(([property, { before, after }]) => (
        <div key={property} style={{ display: 'contents' }}>
          <dt>{words.property('organisations', property)}</dt>
          <dd>
            <del>{before ?? '—'}</del>
            {' → '}
            <ins>{after ?? '—'}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
