/** The page of a record: its next step, facts in sections, what belongs to it, its papers and its history. */

import { Fragment } from 'react'
import { useSearchParams } from 'react-router-dom'
import { recordViewOf, useMe, useResources } from '../adminjs-state.ts'
import { AccountingAnswer } from '../accounting/accounting-answer.tsx'
import { LinePapers } from '../accounting/line-papers.tsx'
import { fileUrl } from '../desk-api.ts'
import { SignedStatement } from '../identity/signed-statement.tsx'
import { RecordThreads } from '../messages/record-threads.tsx'
import { writeUrl } from '../messages/thread-address.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Tabs, type Tab } from '../parts/tabs.tsx'
import { Value } from '../parts/value.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useOnPulse } from '../use-live.ts'
import { useNameOf } from '../use-name-of.ts'
import { useWords } from '../use-words.ts'
import { FactsColumn } from './facts-column.tsx'
import { HistoryTab } from './history-tab.tsx'
import { RecordHead } from './record-head.tsx'
import { RelatedList } from './related-list.tsx'

/** What is written to clients about, by the resource it is shown in. */
const SUBJECTS: Record<string, string> = { invoices: 'invoice', documents: 'document' }

export const DefaultShowAction = ({ resource, record, reload, replace }: RecordScreenProps) => {
  const words = useWords()
  const resources = useResources()
  const { role } = useMe()
  const [search, setSearch] = useSearchParams()
  const view = recordViewOf(resource)
  const id = String(record.id)
  const runner = useActionRunner((answer) => {
    if (answer.record) replace(answer.record)
    reload()
  })
  useOnPulse(reload)
  const title = useNameOf(resource.id)(record)
  const codes = (view?.codes ?? [])
    .filter(({ property }) => record.params[property] && String(record.params[property]) !== title)
    .map(({ property }) => ({
      label: words.property(resource.id, property),
      value: String(record.params[property]),
    }))
  const children = (view?.children ?? []).filter((child) =>
    resources.some((one) => one.id === child.resourceId),
  )
  const tabs: Tab[] = [
    { key: 'main', text: words.t('screens.record.main') },
    ...children.map((child) => ({ key: child.resourceId, text: words.resource(child.resourceId) })),
    ...(view?.hasHistory ? [{ key: 'history', text: words.t('screens.record.history') }] : []),
  ]
  const asked = search.get('tab') ?? 'main'
  const open = tabs.some(({ key }) => key === asked) ? asked : 'main'
  // What the record itself says need not be said again in each row below it.
  const known = record.params['organisationId'] ? ['organisationId'] : []
  const subject = SUBJECTS[resource.id]
  const hasSheet =
    record.file === 'document' &&
    (record.params['state'] === 'ready' || record.params['state'] === 'published')

  return (
    <>
      <RecordHead
        resource={resource}
        record={record}
        title={titleOf(
          words.either([`resources.${resource.id}.record_title`], '', { title, ...plain(record.params) }),
          title,
        )}
        codes={codes}
        busy={runner.busy}
        onRun={(name) => runner.run({ resourceId: resource.id, name, record })}
      >
        {subject && role !== 'support' ? (
          <GoLink href={writeUrl({ kind: subject, id: Number(id) })} className="cd-button">
            <Icon name="Edit2" />
            {words.t('threads.write')}
          </GoLink>
        ) : null}
        {record.file && record.file !== 'document' ? (
          <a className="cd-button cd-button-primary" href={fileUrl(record.file, id)} data-testid="download">
            <Icon name="Download" />
            {words.t('screens.files.download')}
          </a>
        ) : null}
      </RecordHead>
      {tabs.length > 1 ? (
        <Tabs
          tabs={tabs}
          open={open}
          label={title}
          onOpen={(key) => setSearch(key === 'main' ? {} : { tab: key }, { replace: true })}
        />
      ) : null}
      <div
        id="cd-tab-panel"
        {...(tabs.length > 1 && { role: 'tabpanel', 'aria-labelledby': `cd-tab-${open}` })}
        className={open === 'main' && view?.hasHistory ? 'cd-two' : ''}
      >
        {open === 'main' ? (
          <>
            <div className="cd-stack">
              {resource.id === 'accounting-requests' ? (
                <AccountingAnswer resource={resource} record={record} />
              ) : null}
              {resource.id === 'invoice-lines' ? <LinePapers record={record} /> : null}
              {hasSheet ? (
                <section className="cd-card">
                  <header className="cd-card-head">
                    <h2 className="cd-h3 cd-grow">{words.t('screens.record.sheet')}</h2>
                    {/* In a tab of its own the browser prints the paper and nothing around it. */}
                    <a
                      className="cd-button cd-button-small"
                      href={fileUrl('document', id, true)}
                      target="_blank"
                      rel="noreferrer"
                      data-testid="print"
                    >
                      <Icon name="Printer" />
                      {words.t('screens.files.print')}
                    </a>
                    <a className="cd-button cd-button-small" href={fileUrl('document', id)}>
                      <Icon name="Download" />
                      {words.t('screens.files.download')}
                    </a>
                  </header>
                  <iframe
                    className="cd-sheet"
                    title={title}
                    src={`${fileUrl('document', id, true)}#navpanes=0&view=FitH`}
                  />
                </section>
              ) : null}
              {(view?.sections ?? []).map((section, index) => (
                <Fragment key={section.key}>
                  <section className="cd-card">
                    <header className="cd-card-head">
                      <h2 className="cd-h3">
                        {words.either(
                          [`resources.${resource.id}.sections.${section.key}`],
                          words.t('screens.record.main'),
                        )}
                      </h2>
                    </header>
                    <dl className="cd-card-body cd-fields">
                      {section.fields.map((field) => (
                        <div
                          key={field.property}
                          className={wide.has(field.as) ? 'cd-field-wide' : undefined}
                          data-testid={`property-show-${field.property}`}
                        >
                          <dt>{words.property(resource.id, field.property)}</dt>
                          <dd>
                            <Value field={field} resourceId={resource.id} record={record} />
                          </dd>
                        </div>
                      ))}
                    </dl>
                  </section>
                  {/* What the record is made of matters more than its later particulars. */}
                  {index === 0
                    ? children
                        .slice(0, 1)
                        .map((child) => (
                          <RelatedList key={child.resourceId} {...child} recordId={id} hidden={known} />
                        ))
                    : null}
                </Fragment>
              ))}
              {resource.id === 'registrations' ? <SignedStatement record={record} /> : null}
              {subject ? <RecordThreads about={{ kind: subject, id: Number(id) }} /> : null}
            </div>
            {view?.hasHistory ? (
              <FactsColumn resourceId={resource.id} recordId={id} params={record.params} />
            ) : null}
          </>
        ) : null}
        {open === 'history' ? <HistoryTab resourceId={resource.id} recordId={id} /> : null}
        {children
          .filter((child) => child.resourceId === open)
          .map((child) => (
            <RelatedList key={child.resourceId} {...child} recordId={id} hidden={known} />
          ))}
      </div>
      {runner.dialog}
    </>
  )
}

/** What needs the whole width of its section. */
const wide = new Set<string>(['long', 'json', 'event', 'changes'])

const plain = (params: Record<string, unknown>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => typeof value === 'string')) as Record<
    string,
    string
  >

const titleOf = (sentence: string, title: string) => sentence || title
