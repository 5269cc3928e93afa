/** A list of records: chips with live counters, conditions as sentences, rows, the bar of what can be done with ticked ones. */

import { useEffect, useMemo, useState } from 'react'
import type { ChipCounts } from '../../desk-types.ts'
import type { Chip, ListView } from '../../view-types.ts'
import { actionViewOf, listViewOf, useMe, type ResourceData } from '../adminjs-state.ts'
import { desk, keepPreferences, fileUrl, listRecords, newUrl, type RecordData } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/menu.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useGo } from '../use-go.ts'
import { useNameOf } from '../use-name-of.ts'
import { useOnPulse } from '../use-live.ts'
import { useNotices } from '../use-notices.ts'
import { usePicked } from '../use-picked.ts'
import { useWords } from '../use-words.ts'
import { ActionBar } from './action-bar.tsx'
import { ColumnsChooser } from './columns-chooser.tsx'
import { Conditions } from './conditions.tsx'
import { Pager } from './pager.tsx'
import { RecordTable } from './record-table.tsx'
import { useColumns } from './use-columns.ts'
import { filterQuery, queryOf, useListAddress, type Filters } from './use-list-address.ts'

const BLANK: ListView = {
  columns: [],
  chips: [],
  filters: [],
  sort: { property: 'id', direction: 'desc' },
  text: null,
  bulk: [],
  resource: [],
  sum: null,
  report: null,
}

/** The chip that says the most of what is filtered; the one without conditions only when nothing is. */
const pressedChip = (chips: Chip[], filters: Filters): Chip | undefined =>
  chips
    .filter((chip) => {
      const wanted = Object.entries(chip.filters)
      return wanted.length
        ? wanted.every(([key, value]) => filters[key] === value)
        : Object.keys(filters).length === 0
    })
    .sort((a, b) => Object.keys(b.filters).length - Object.keys(a.filters).length)[0]

/** What ticked rows add up to, per currency. */
const sumsOf = (rows: RecordData[], sum: NonNullable<ListView['sum']>) => {
  const sums = new Map<string, number>()
  for (const { params } of rows) {
    const currency = String(params[sum.currencyFrom ?? 'currency'] ?? 'RUB')
    sums.set(currency, (sums.get(currency) ?? 0) + Number(params[sum.property] ?? 0))
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }))
}

export const DefaultListAction = ({ resource }: { resource: ResourceData }) => {
  const words = useWords()
  const go = useGo()
  const { id: userId } = useMe()
  const { failed, say } = useNotices()
  const view = listViewOf(resource) ?? BLANK
  const { address, hrefOf, change } = useListAddress(view.sort)
  const query = queryOf(address)
  const key = `${resource.id}?${JSON.stringify(query)}`
  const { data, failure, isLoading, reload } = useLoaded(key, (signal) =>
    listRecords(resource.id, query, signal),
  )
  const records = data?.records ?? []
  const picked = usePicked(records)
  const columns = useColumns(resource.id, view.columns)
  const counts = useLoaded(view.chips.length ? resource.id : null, (signal) =>
    desk<ChipCounts>(`chips/${resource.id}`, {}, signal),
  )
  useOnPulse(() => {
    reload()
    counts.reload()
  })
  const filterKey = JSON.stringify(address.filters)
  useEffect(() => picked.clear(), [filterKey, resource.id])
  useEffect(() => {
    if (data?.notice?.type === 'error') say('error', data.notice.message, data.notice.options)
  }, [data])
  useEffect(() => {
    document.title = `${words.resource(resource.id)} · certdesk`
  }, [words, resource.id])

  const names = new Set(resource.resourceActions.map(({ name }) => name))
  const runner = useActionRunner((answer) => {
    // A person who may not see the rest of a batch still sees what became of his rows.
    picked.clear()
    reload()
    counts.reload()
    void answer
  })
  const [isExporting, setExporting] = useState(false)
  // The list may have the action itself, or leave it to the resource of registers.
  const exporter = names.has('exportRegister') ? resource.id : 'exports'
  const exportRegister = () => {
    setExporting(true)
    runner.run({
      resourceId: exporter,
      name: 'exportRegister',
      params: { ...filterQuery(address.filters), sortBy: address.sortBy, direction: address.direction },
      payload: {
        report: view.report,
        resourceId: resource.id,
        filters: filterQuery(address.filters),
        sortBy: address.sortBy,
        direction: address.direction,
        language: words.language,
      },
    })
    setTimeout(() => setExporting(false), 1500)
  }

  const pressed = pressedChip(view.chips, address.filters)
  const rows = [...picked.picked.values()]
  const bulk = useMemo(
    () =>
      view.bulk.map((name) => {
        const open = rows.filter((row) => row.bulkActions.some((action) => action.name === name))
        const closed = rows.find((row) => row.refusals?.[name])
        const refusal = closed?.refusals?.[name]
        return {
          name,
          text: words.action(resource.id, name),
          ...(actionViewOf(resource, name).icon && { icon: actionViewOf(resource, name).icon }),
          isAbsent: open.length === 0 && !refusal,
          refusal:
            open.length === rows.length
              ? undefined
              : refusal
                ? words.fault(refusal.code, refusal.params)
                : words.t('screens.list.not_all'),
          onRun: () => runner.run({ resourceId: resource.id, name, ids: rows.map(({ id }) => id) }),
        }
      }),
    [rows.length, picked.picked, words, resource],
  ).filter(({ isAbsent }) => !isAbsent)

  const organisations = new Set(rows.map((row) => row.populated['organisationId']?.title ?? ''))
  const filterCount = Object.keys(address.filters).length
  const isPickable = view.bulk.length > 0
  const mayAdd = names.has('new')
  const nameOf = useNameOf(resource.id)
  const rowMenu = (record: RecordData) => {
    const items = record.recordActions
      .filter(({ name }) => name !== 'show')
      .map(({ name }): MenuItem => ({
        key: name,
        text: words.action(resource.id, name),
        ...(actionViewOf(resource, name).tone === 'danger' && { isDanger: true }),
        onPick: () =>
          name === 'edit'
            ? go(`${newUrl(resource.id).replace('/actions/new', '')}/records/${record.id}/edit`)
            : runner.run({ resourceId: resource.id, name, record }),
      }))
    return (
      <div className="cd-row cd-row-end">
        {record.file ? (
          <a
            className="cd-icon-button cd-icon-button-small"
            href={fileUrl(record.file, record.id)}
            aria-label={words.t('screens.files.download_what', { name: nameOf(record) })}
            title={words.t('screens.files.download')}
          >
            <Icon name="Download" />
          </a>
        ) : null}
        {items.length ? (
          <Menu
            items={items}
            label={words.t('screens.list.row_menu', { title: nameOf(record) })}
            isEnd
            className="cd-icon-button cd-icon-button-small"
          />
        ) : null}
      </div>
    )
  }

  const empty = () => {
    if (failure) return <FailurePlace failure={failure} onRetry={reload} />
    if (isLoading || records.length) return null
    if (filterCount) {
      return (
        <EmptyPlace
          icon="Filter"
          title={words.t('screens.list.nothing_fits')}
          text={words.t('screens.list.nothing_fits_text')}
        >
          <Button onClick={() => change({ filters: {} })}>{words.t('screens.filter.drop_all')}</Button>
        </EmptyPlace>
      )
    }
    return (
      <EmptyPlace
        title={words.either([`resources.${resource.id}.empty.title`], words.t('screens.list.empty'))}
        text={words.either([`resources.${resource.id}.empty.text`], words.t('screens.list.empty_text'))}
      >
        {mayAdd ? (
          <Button icon="Plus" onClick={() => go(newUrl(resource.id))}>
            {words.action(resource.id, 'new')}
          </Button>
        ) : null}
      </EmptyPlace>
    )
  }

  return (
    <>
      <div className="cd-head cd-head-list">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.resource(resource.id)}</h1>
        </div>
        <ColumnsChooser
          resourceId={resource.id}
          columns={view.columns}
          chosen={columns.chosen}
          onChoose={columns.choose}
          onReset={columns.reset}
        />
        {view.resource
          .filter((name) => names.has(name) && name !== 'exportRegister')
          .map((name) => (
            <Button
              key={name}
              {...(actionViewOf(resource, name).icon && { icon: actionViewOf(resource, name).icon })}
              testId={`action-${name}`}
              onClick={() => runner.run({ resourceId: resource.id, name })}
            >
              {words.action(resource.id, name)}
            </Button>
          ))}
        {view.report ? (
          <Button icon="Download" isBusy={isExporting} onClick={exportRegister} testId="export-register">
            <span className="cd-not-phone">{words.t('screens.list.register')}</span>
            <span className="cd-only-phone">Excel</span>
          </Button>
        ) : null}
        {mayAdd ? (
          <Button
            icon="Plus"
            look={rows.length ? 'plain' : 'primary'}
            onClick={() => go(newUrl(resource.id))}
            testId="action-new"
          >
            {words.action(resource.id, 'new')}
          </Button>
        ) : null}
      </div>

      <div className="cd-chips" role="group" aria-label={words.t('screens.filter.title')}>
        {view.chips.map((chip) => {
          const count = counts.data?.[chip.key]
          return (
            <button
              key={chip.key}
              type="button"
              className="cd-chip"
              aria-pressed={chip === pressed}
              data-testid={`chip-${chip.key}`}
              onClick={() => change({ filters: chip.filters })}
            >
              {words.either(
                [`resources.${resource.id}.chips.${chip.key}`, `chips.${chip.key}`],
                words.t('screens.list.all'),
              )}
              {count ? <b>{words.count(count)}</b> : null}
            </button>
          )
        })}
        <Conditions
          resourceId={resource.id}
          fields={view.filters}
          filters={address.filters}
          covered={Object.keys(pressed?.filters ?? {}).map((one) => one.replace(/~~(from|to)$/, ''))}
          onChange={(filters) => change({ filters })}
        />
      </div>

      <section className="cd-card cd-list-card">
        <div className="cd-table-wrap">
          {empty() ?? (
            <RecordTable
              resourceId={resource.id}
              columns={columns.shown}
              records={records}
              isLoading={isLoading}
              title={words.resource(resource.id)}
              sort={{
                by: address.sortBy,
                direction: address.direction,
                onSort: (sortBy, direction) => change({ sortBy, direction }),
              }}
              {...(isPickable && { picked })}
              rowMenu={rowMenu}
            />
          )}
        </div>
        {data?.meta && records.length ? (
          <Pager
            meta={data.meta}
            shown={records.length}
            perPage={address.perPage}
            onPage={(page) => go(hrefOf({ page }))}
            onPerPage={(perPage) => {
              change({ perPage })
              if (userId) keepPreferences({ perPage }).catch(failed)
            }}
          />
        ) : null}
      </section>
      {rows.length ? (
        <ActionBar
          count={rows.length}
          sums={view.sum ? sumsOf(rows, view.sum) : []}
          {...(organisations.size === 1 && [...organisations][0] && { detail: [...organisations][0] })}
          actions={bulk}
          onClear={picked.clear}
        />
      ) : null}
      {runner.dialog}
    </>
  )
}
