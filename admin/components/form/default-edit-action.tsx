/** The form of a record that exists. */

import { useEffect, useMemo } from 'react'
import { formViewOf } from '../adminjs-state.ts'
import { listUrl, recordUrl } from '../desk-api.ts'
import { InvoiceLinesEditor } from '../invoice/invoice-lines-editor.tsx'
import { GoLink } from '../parts/go-link.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useWords } from '../use-words.ts'
import { RecordForm } from './record-form.tsx'
import { startOfRecord } from './start-values.ts'

export const DefaultEditAction = ({ resource, record }: RecordScreenProps) => {
  const words = useWords()
  const sections = formViewOf(resource, 'edit')?.sections ?? []
  const start = useMemo(() => startOfRecord(sections, record), [record])
  const back = recordUrl(resource.id, record.id)
  const title = words.either(
    [`resources.${resource.id}.actions.edit_title`],
    words.action(resource.id, 'edit'),
  )
  useEffect(() => {
    document.title = `${title} · ${record.title} · certdesk`
  }, [title, record.title])
  return (
    <>
      <nav className="cd-crumbs" aria-label={words.t('screens.record.crumbs')}>
        <GoLink href={listUrl(resource.id)}>{words.resource(resource.id)}</GoLink> /{' '}
        <GoLink href={back}>{record.title}</GoLink> /
      </nav>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{title}</h1>
        </div>
      </div>
      <RecordForm
        resource={resource}
        sections={sections}
        start={start}
        record={record}
        backUrl={back}
        {...(resource.id === 'invoices' && {
          isWide: true,
          extra: (form) => <InvoiceLinesEditor invoiceId={String(record.id)} {...form} />,
        })}
      />
    </>
  )
}
