/** The papers of an organisation by kind: «Файлы 1С» (S3-17), acts, licences and invoices. */

import { useState } from 'react'
import { RelatedList } from '../record/related-list.tsx'
import { useWords } from '../use-words.ts'

const KINDS = {
  all: '',
  received: 'tax_invoice,upd',
  acts: 'act',
  licences: 'licence',
  invoices: 'invoice',
} as const
type Kind = keyof typeof KINDS

export const DocumentsTab = ({ organisationId }: { organisationId: string }) => {
  const words = useWords()
  const [kind, setKind] = useState<Kind>('all')
  return (
    <div className="cd-stack">
      <div className="cd-chips cd-chips-inside" role="group" aria-label={words.t('screens.filter.title')}>
        {(Object.keys(KINDS) as Kind[]).map((key) => (
          <button
            key={key}
            type="button"
            className="cd-chip"
            aria-pressed={kind === key}
            data-testid={`papers-${key}`}
            onClick={() => setKind(key)}
          >
            {words.t(`screens.papers.${key}`)}
          </button>
        ))}
      </div>
      <RelatedList
        key={kind}
        resourceId="documents"
        foreignKey="organisationId"
        recordId={organisationId}
        hasHeading={false}
        {...(KINDS[kind] && { extra: { 'filters.kind': KINDS[kind] } })}
      />
    </div>
  )
}
