/** The form of a record: of one that exists, or of a new one, which the address may fill in part. */

import { useEffect, useMemo } from 'react'
import { useSearchParams } from 'react-router-dom'
import type { FormSection, FormView } from '../../view-types.ts'
import { formViewOf, useMe, type ResourceData } from '../adminjs-state.ts'
import { ChangeReason } from '../cabinet/change-reason.tsx'
import { listUrl, recordUrl, type RecordData } from '../desk-api.ts'
import { InvoiceLinesEditor } from '../invoice/invoice-lines-editor.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useNameOf } from '../use-name-of.ts'
import { useWords } from '../use-words.ts'
import { RecordForm } from './record-form.tsx'
import { startOfNew, startOfRecord } from './start-values.ts'

/** Whoever serves all offices says first which one a new record is for. */
const withOffice = ({ sections, office }: FormView): FormSection[] =>
  office
    ? sections.map((section, index) =>
        index === 0 ? { ...section, fields: [office, ...section.fields] } : section,
      )
    : sections

export const FormScreen = ({ resource, record }: { resource: ResourceData; record: RecordData | null }) => {
  const words = useWords()
  const me = useMe()
  const isOwnCard = me.side === 'client' && resource.id === 'organisations'
  const [search] = useSearchParams()
  const verb = record ? 'edit' : 'new'
  const view = formViewOf(resource, verb)
  const sections = view ? (!record && me.office === null ? withOffice(view) : view.sections) : []
  const start = useMemo(
    () => (record ? startOfRecord(sections, record) : startOfNew(sections, search)),
    [resource.id, record],
  )
  const back = record ? recordUrl(resource.id, record.id) : listUrl(resource.id)
  const title = words.either(
    [`resources.${resource.id}.actions.${verb}_title`],
    words.action(resource.id, verb),
  )
  const nameOf = useNameOf(resource.id)
  const subject = record && nameOf(record)
  useEffect(() => {
    document.title = [title, subject, 'certdesk'].filter(Boolean).join(' · ')
  }, [title, subject])
  return (
    <>
      <nav className="cd-crumbs" aria-label={words.t('screens.record.crumbs')}>
        {/* Of what a client has only one, there is no list to go back to. */}
        {isOwnCard ? null : (
          <>
            <GoLink href={listUrl(resource.id)}>{words.resource(resource.id)}</GoLink> /
          </>
        )}
        {record ? (
          <>
            {' '}
            <GoLink href={back}>{subject}</GoLink> /
          </>
        ) : null}
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
          extra: (form) => <InvoiceLinesEditor invoiceId={record ? String(record.id) : null} {...form} />,
        })}
        {...(isOwnCard && { extra: (form) => <ChangeReason {...form} /> })}
      />
    </>
  )
}
