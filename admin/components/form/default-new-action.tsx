/** The form of a record that does not exist yet; the address may fill some of it in. */

import { useEffect, useMemo } from 'react'
import { useSearchParams } from 'react-router-dom'
import { formViewOf, type ResourceData } from '../adminjs-state.ts'
import { listUrl } from '../desk-api.ts'
import { InvoiceLinesEditor } from '../invoice/invoice-lines-editor.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useWords } from '../use-words.ts'
import { RecordForm } from './record-form.tsx'
import { startOfNew } from './start-values.ts'

export const DefaultNewAction = ({ resource }: { resource: ResourceData }) => {
  const words = useWords()
  const [search] = useSearchParams()
  const sections = formViewOf(resource, 'new')?.sections ?? []
  const start = useMemo(() => startOfNew(sections, search), [resource.id])
  const title = words.either([`resources.${resource.id}.actions.new_title`], words.action(resource.id, 'new'))
  useEffect(() => {
    document.title = `${title} · certdesk`
  }, [title])
  return (
    <>
      <nav className="cd-crumbs" aria-label={words.t('screens.record.crumbs')}>
        <GoLink href={listUrl(resource.id)}>{words.resource(resource.id)}</GoLink> /
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
        record={null}
        backUrl={listUrl(resource.id)}
        {...(resource.id === 'invoices' && {
          isWide: true,
          extra: (form) => <InvoiceLinesEditor invoiceId={null} {...form} />,
        })}
      />
    </>
  )
}
