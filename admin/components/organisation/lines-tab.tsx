/** The services of an organisation by invoice: ticks, the shipping of each, and what accounting answered. */

import { Fragment, useEffect, useState } from 'react'
import type { DeskLine, OrganisationLines, RequestMessage } from '../../desk-types.ts'
import type { ListColumn } from '../../view-types.ts'
import { actionViewOf, listViewOf, useResourceData } from '../adminjs-state.ts'
import { desk, listRecords, newUrl, recordUrl, type RecordData } from '../desk-api.ts'
import { LineRequest } from '../accounting/line-request.tsx'
import { LineStanding } from '../accounting/line-standing.tsx'
import { Papers } from '../accounting/papers.tsx'
import { signOf } from '../format.ts'
import { ActionBar } from '../list/action-bar.tsx'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Sum } from '../parts/sum.tsx'
import { Tick } from '../parts/tick.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { usePicked } from '../use-picked.ts'
import { useGo } from '../use-go.ts'
import { useWords, type Words } from '../use-words.ts'
import { RequestMessages } from './request-messages.tsx'

type Invoice = OrganisationLines['invoices'][number]
type Props = { organisationId: string; contractId: string; messages: RequestMessage[]; onChanged: () => void }

export const LinesTab = ({ organisationId, contractId, messages, onChanged }: Props) => {
  const words = useWords()
  const go = useGo()
  const resource = useResourceData('invoice-lines')
  const invoices = useResourceData('invoices')
  const view = listViewOf(resource)
  const [pages, setPages] = useState(1)
  const [standing, setStanding] = useState('')
  const { data, failure, isLoading, reload } = useLoaded(
    `lines/${organisationId}/${contractId}/${standing}/${pages}`,
    async (signal) => {
      const all: Invoice[] = []
      let hasMore = false
      let standings: Record<string, number> = {}
      for (let page = 1; page <= pages; page += 1) {
        const answer = await desk<OrganisationLines>(
          `organisations/${organisationId}/lines`,
          { contractId: contractId || undefined, standing: standing || undefined, page },
          signal,
        )
        all.push(...answer.invoices)
        hasMore = answer.hasMore
        standings = answer.standings
        if (!hasMore) break
      }
      return { invoices: all, hasMore, standings }
    },
  )
  useOnPulse(reload)
  const lines = data?.invoices.flatMap((invoice) => invoice.lines) ?? []
  const picked = usePicked(lines)
  // A line that changed meanwhile counts as it is now.
  const rows = lines.filter(({ id }) => picked.picked.has(String(id)))
  const runner = useActionRunner(() => {
    picked.clear()
    reload()
    onChanged()
  })
  useEffect(() => picked.clear(), [organisationId, contractId, standing])

  const pickedKey = rows.map(({ id }) => id).join(',')
  // The list knows for each row which bulk action policy and state both allow.
  const rights = useLoaded(pickedKey ? `rights/${pickedKey}` : null, (signal) =>
    listRecords('invoice-lines', { 'filters.id': pickedKey, perPage: 200 }, signal),
  )
  const judged = pickedKey ? (rights.data?.records ?? []) : []
  const actions = (view?.bulk ?? [])
    .map((name) => {
      const closed = judged.find((row) => row.refusals?.[name])?.refusals?.[name]
      const open = judged.filter((row: RecordData) =>
        row.bulkActions.some((action) => action.name === name),
      ).length
      return {
        name,
        text: words.action('invoice-lines', name),
        icon: actionViewOf(resource, name).icon,
        isAbsent: open === 0 && !closed,
        refusal:
          open === rows.length
            ? undefined
            : closed
              ? words.fault(closed.code, closed.params)
              : words.t('screens.list.not_all'),
        onRun: () => runner.run({ resourceId: 'invoice-lines', name, ids: rows.map(({ id }) => id) }),
      }
    })
    .filter(({ isAbsent }) => !isAbsent)

  const sums = new Map<string, number>()
  for (const { currency, totalMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0) + totalMinor)
  const currency = data?.invoices[0]?.currency ?? 'RUB'
  const stateColumn = view?.columns.find((column: ListColumn) => column.property === 'standing')
  const mayInvoice = invoices?.resourceActions.some(({ name }) => name === 'new')
  const newInvoice = `${newUrl('invoices')}?organisationId=${organisationId}${contractId ? `&contractId=${contractId}` : ''}`

  const body = () => {
    if (failure) return <FailurePlace failure={failure} onRetry={reload} />
    if (!data) return isLoading ? <SkeletonCard lines={10} /> : null
    if (!data.invoices.length && standing) {
      return (
        <EmptyPlace icon="Filter" title={words.t('screens.list.nothing_fits')}>
          <Button onClick={() => setStanding('')}>{words.t('screens.filter.drop_all')}</Button>
        </EmptyPlace>
      )
    }
    if (!data.invoices.length) {
      return (
        <EmptyPlace
          icon="Package"
          title={words.t('screens.organisation.no_lines')}
          text={words.t('screens.organisation.no_lines_text')}
        >
          {mayInvoice ? (
            <Button icon="Plus" look="primary" onClick={() => go(newInvoice)}>
              {words.action('invoices', 'new')}
            </Button>
          ) : null}
        </EmptyPlace>
      )
    }
    return (
      <div className="cd-table-wrap">
        <table className="cd-table cd-table-cards cd-table-snug">
          <caption className="cd-hidden">{words.t('screens.organisation.tabs.lines')}</caption>
          <thead>
            <tr>
              <th className="cd-tight" scope="col">
                <Tick
                  isOn={rows.length > 0 && rows.length === lines.length}
                  isPart={rows.length > 0}
                  label={words.t('screens.list.pick_page')}
                  onToggle={() => picked.toggleAll(lines)}
                />
              </th>
              <th scope="col">{words.t('screens.organisation.line')}</th>
              <th scope="col" className="cd-number">
                {words.t('screens.organisation.quantity')}
              </th>
              <th
                scope="col"
                className="cd-number"
              >{`${words.t('screens.organisation.sum')}, ${signOf(currency)}`}</th>
              <th scope="col">{words.t('screens.organisation.shipping')}</th>
              <th scope="col">{words.property('invoice-lines', 'request')}</th>
              <th scope="col">{words.t('screens.organisation.licences')}</th>
              <th scope="col">{words.t('screens.organisation.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {data.invoices.map((invoice) => (
              <Fragment key={invoice.id}>
                <InvoiceRow
                  invoice={invoice}
                  currency={currency}
                  picked={picked.picked}
                  onToggle={() => picked.toggleAll(invoice.lines)}
                />
                {invoice.lines.map((line) => (
                  <tr
                    key={line.id}
                    data-id={line.id}
                    className={picked.picked.has(String(line.id)) ? 'cd-picked' : ''}
                  >
                    <td className="cd-at-box">
                      <Tick
                        isOn={picked.picked.has(String(line.id))}
                        label={words.t('screens.list.pick_row', { title: line.name })}
                        onToggle={(isRange) => picked.toggle(line, isRange)}
                      />
                    </td>
                    <td className="cd-at-title" title={line.name}>
                      <GoLink href={recordUrl('invoice-lines', line.id)}>{line.name}</GoLink>
                      {termOf(words, line)}
                    </td>
                    <td className="cd-number cd-at-off">{words.number(Number(line.quantity))}</td>
                    <td className="cd-number cd-at-sum">
                      <Sum minor={line.totalMinor} currency={line.currency} heading={currency} />
                    </td>
                    <td className="cd-at-state">
                      <LineStanding
                        standing={line.standing}
                        request={line.request}
                        shippedOn={line.shippedOn}
                        tones={stateColumn?.tones}
                      />
                    </td>
                    <td className="cd-at-off">
                      <LineRequest request={line.request} />
                    </td>
                    <td className="cd-at-off">
                      <Papers papers={line.licences} />
                    </td>
                    <td className="cd-at-off">
                      <Papers papers={line.acts} />
                    </td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    )
  }
  return (
    <div className="cd-stack">
      <RequestMessages messages={messages} onChanged={onChanged} />
      <StandingChips
        standings={data?.standings ?? {}}
        chosen={standing}
        onChoose={(next) => {
          setPages(1)
          setStanding(next)
        }}
      />
      <section className="cd-card cd-list-card">
        {body()}
        {data?.hasMore ? (
          <div className="cd-pager">
            <Button isSmall isBusy={isLoading} onClick={() => setPages(pages + 1)}>
              {words.t('screens.organisation.older_invoices')}
            </Button>
          </div>
        ) : null}
      </section>
      {rows.length ? (
        <ActionBar
          count={rows.length}
          sums={[...sums].map(([one, minor]) => ({ currency: one, minor }))}
          actions={actions}
          onClear={picked.clear}
        />
      ) : null}
      {runner.dialog}
    </div>
  )
}

/** What waits for somebody, in the order of the work; a standing nobody is in has no chip. */
const CHIPS = ['paid', 'shipping_requested', 'refused', 'unanswered', 'shipped', 'acted'] as const

const StandingChips = ({
  standings,
  chosen,
  onChoose,
}: {
  standings: Record<string, number>
  chosen: string
  onChoose: (standing: string) => void
}) => {
  const words = useWords()
  const shown = CHIPS.filter((one) => standings[one] || one === chosen)
  if (!shown.length) return null
  const all = Object.values(standings).reduce((sum, count) => sum + count, 0)
  const chip = (key: string, text: string, count: number) => (
    <button
      key={key}
      type="button"
      className="cd-chip"
      aria-pressed={chosen === key}
      data-testid={`standing-${key || 'all'}`}
      onClick={() => onChoose(key)}
    >
      {text} <b>{words.number(count)}</b>
    </button>
  )
  return (
    <div className="cd-chips cd-chips-inside" role="group" aria-label={words.t('screens.filter.title')}>
      {chip('', words.t('screens.list.all'), all)}
      {shown.map((one) => chip(one, words.value('invoice-lines', 'standing', one), standings[one] ?? 0))}
    </div>
  )
}

/** «Действует по» under the name: a service without a term has none. */
const termOf = (words: Words, { validFrom, validTo }: DeskLine) =>
  validFrom && validTo ? (
    <span className="cd-muted cd-small cd-not-phone">
      {' '}
      {words.t('screens.filter.between', { from: words.day(validFrom), to: words.day(validTo) })}
    </span>
  ) : null

type RowProps = {
  invoice: Invoice
  currency: string
  picked: ReadonlyMap<string, DeskLine>
  onToggle: () => void
}

const InvoiceRow = ({ invoice, currency, picked, onToggle }: RowProps) => {
  const words = useWords()
  const count = invoice.lines.filter(({ id }) => picked.has(String(id))).length
  const number = invoice.number ?? words.t('screens.organisation.draft_invoice')
  const payment = invoice.paidOn
    ? words.t('screens.organisation.paid_on', { on: words.day(invoice.paidOn) })
    : invoice.state === 'cancelled'
      ? words.value('invoices', 'state', invoice.state)
      : invoice.overdueDays > 0
        ? words.t('screens.organisation.overdue', { count: invoice.overdueDays })
        : invoice.dueOn
          ? words.t('screens.organisation.due_on', { on: words.day(invoice.dueOn) })
          : words.value('invoices', 'state', invoice.state)
  return (
    <tr className="cd-group-row">
      <td className="cd-at-box">
        <Tick
          isOn={count > 0 && count === invoice.lines.length}
          isPart={count > 0}
          label={words.t('screens.organisation.pick_invoice', { number })}
          onToggle={onToggle}
        />
      </td>
      <td colSpan={2}>
        <GoLink href={recordUrl('invoices', invoice.id)} className="cd-plain">
          <b>{words.t('screens.organisation.invoice', { number })}</b>
        </GoLink>
        {invoice.issuedOn
          ? ` ${words.t('screens.organisation.issued_on', { on: words.day(invoice.issuedOn) })}`
          : ''}
      </td>
      <td className="cd-number">
        <b>
          <Sum minor={invoice.totalMinor} currency={invoice.currency} heading={currency} />
        </b>
      </td>
      <td colSpan={4} className={invoice.overdueDays > 0 && !invoice.paidOn ? 'cd-failed-text' : 'cd-muted'}>
        {payment}
        {invoice.portalOrderNumber ? (
          <span className="cd-muted">
            {' '}
            · {words.t('screens.organisation.order', { number: invoice.portalOrderNumber })}
          </span>
        ) : null}
      </td>
    </tr>
  )
}
