/** Where an operator lives: one organisation with its services, requisites, contracts, people, files, papers and history. */

import { useEffect } from 'react'
import { useSearchParams } from 'react-router-dom'
import type { OrganisationCard as Card } from '../../desk-types.ts'
import { useMe, useResourceData } from '../adminjs-state.ts'
import { desk, keepPreferences, newUrl } from '../desk-api.ts'
import { RecordThreads } from '../messages/record-threads.tsx'
import { FailedScreen } from '../screens/failed-screen.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { SkeletonPage } from '../parts/skeleton.tsx'
import { Tabs, type Tab } from '../parts/tabs.tsx'
import { FactsColumn } from '../record/facts-column.tsx'
import { HistoryTab } from '../record/history-tab.tsx'
import { RecordHead } from '../record/record-head.tsx'
import { RelatedList } from '../record/related-list.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useRecent } from '../use-recent.ts'
import { useWords } from '../use-words.ts'
import { DocumentsTab } from './documents-tab.tsx'
import { FilesTab } from './files-tab.tsx'
import { LinesTab } from './lines-tab.tsx'
import { OrganisationFacts } from './organisation-facts.tsx'
import { RequisitesTab } from './requisites-tab.tsx'

const TABS = [
  'lines',
  'requisites',
  'contracts',
  'employees',
  'files',
  'documents',
  'threads',
  'history',
] as const

export const OrganisationCard = ({ resource, record, reload, replace }: RecordScreenProps) => {
  const words = useWords()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const { remember } = useRecent()
  const id = String(record.id)
  const card = useLoaded(`organisation/${id}`, (signal) => desk<Card>(`organisations/${id}`, {}, signal))
  useOnPulse(card.reload)
  const runner = useActionRunner((answer) => {
    if (answer.record) replace(answer.record)
    else reload()
    card.reload()
  })
  useEffect(() => {
    remember({ id: Number(id), title: record.title, subtitle: '', href: location.pathname, match: '' })
    // Home lists what was opened last; losing one such mark is no matter.
    keepPreferences({
      recent: [Number(id), ...(me.preferences.recent ?? []).filter((one) => one !== Number(id))].slice(0, 8),
    }).catch((error: unknown) => console.debug('recent', error))
  }, [id])

  const mayInvoice = useResourceData('invoices')?.resourceActions.some(({ name }) => name === 'new')
  const { data } = card
  if (card.failure && !data) return <FailedScreen failure={card.failure} onRetry={card.reload} />
  if (!data) return <SkeletonPage />

  const asked = search.get('tab')
  const open = TABS.find((key) => key === asked) ?? 'lines'
  const contractId = search.get('contract') ?? ''
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const counts: Partial<Record<string, number>> = data.tabs
  const tabs: Tab[] = TABS.map((key) => ({
    key,
    text: words.t(`screens.organisation.tabs.${key}`),
    count: counts[key],
  }))
  return (
    <>
      <RecordHead
        resource={resource}
        record={record}
        title={data.name}
        codes={data.codes.map(({ label, value }) => ({
          label: words.t(`screens.codes.${label}`),
          kind: label,
          value,
        }))}
        busy={runner.busy}
        onRun={(name) => runner.run({ resourceId: resource.id, name, record })}
      >
        {data.contracts.length ? (
          <label className="cd-contract">
            <span>{words.t('screens.organisation.contract')}</span>
            <select value={contractId} onChange={(event) => put('contract', event.target.value)}>
              <option value="">{words.t('screens.organisation.all_contracts')}</option>
              {data.contracts.map((contract) => (
                <option key={contract.id} value={contract.id}>
                  {contract.label}
                  {contract.isExpired ? ` (${words.t('screens.organisation.expired')})` : ''}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {mayInvoice ? (
          <GoLink
            href={`${newUrl('invoices')}?organisationId=${id}${contractId ? `&contractId=${contractId}` : ''}`}
            className="cd-button"
          >
            <Icon name="Plus" />
            {words.t('screens.organisation.new_invoice')}
          </GoLink>
        ) : null}
      </RecordHead>
      <Tabs
        tabs={tabs}
        open={open}
        label={data.name}
        onOpen={(key) => put('tab', key === 'lines' ? '' : key)}
      />
      <div id="cd-tab-panel" role="tabpanel" aria-labelledby={`cd-tab-${open}`}>
        {open === 'lines' ? (
          <div className="cd-two">
            <LinesTab
              organisationId={id}
              contractId={contractId}
              messages={data.messages}
              onChanged={card.reload}
            />
            <OrganisationFacts card={data} />
          </div>
        ) : null}
        {open === 'requisites' ? (
          <div className="cd-two">
            <RequisitesTab resource={resource} record={record} card={data} />
            <FactsColumn resourceId={resource.id} recordId={id} params={record.params} />
          </div>
        ) : null}
        {open === 'contracts' ? (
          <RelatedList resourceId="contracts" foreignKey="organisationId" recordId={id} hasHeading={false} />
        ) : null}
        {open === 'employees' ? (
          <RelatedList resourceId="employees" foreignKey="organisationId" recordId={id} hasHeading={false} />
        ) : null}
        {open === 'documents' ? <DocumentsTab organisationId={id} /> : null}
        {open === 'files' ? (
          <FilesTab organisationId={id} mayUpload={data.may['upload'] !== false} onChanged={card.reload} />
        ) : null}
        {open === 'threads' ? (
          <RecordThreads about={{ kind: 'organisation', id: Number(id) }} isWhole />
        ) : null}
        {open === 'history' ? <HistoryTab resourceId={resource.id} recordId={id} /> : null}
      </div>
      {runner.dialog}
    </>
  )
}
