/** Rows of records: sortable headings, ticks, a row that opens its record, cards on a phone. */

import { useMemo } from 'react'
import { useNavigate } from 'react-router-dom'
import type { ListColumn } from '../../view-types.ts'
import { recordViewOf, useResourceData } from '../adminjs-state.ts'
import { recordUrl, type RecordData } from '../desk-api.ts'
import { signOf } from '../format.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { Tick } from '../parts/tick.tsx'
import { isNumeric, Value } from '../parts/value.tsx'
import type { Picked } from '../use-picked.ts'
import { useNameOf, useUntitled } from '../use-name-of.ts'
import { useWords } from '../use-words.ts'

type Props = {
  resourceId: string
  columns: ListColumn[]
  records: RecordData[]
  isLoading: boolean
  title: string
  sort?: { by: string; direction: 'asc' | 'desc'; onSort: (by: string, direction: 'asc' | 'desc') => void }
  picked?: Picked<RecordData> | undefined
  rowMenu?: (record: RecordData) => React.ReactNode
}

/** The currency most rows are in: the heading carries it, only the others repeat theirs. */
const usualCurrency = (columns: ListColumn[], records: RecordData[]): string | undefined => {
  const from = columns.find(({ as }) => as === 'money')?.currencyFrom
  if (!from || !records.length) return undefined
  const count = new Map<string, number>()
  for (const { params } of records) {
    const currency = String(params[from] ?? '')
    if (currency) count.set(currency, (count.get(currency) ?? 0) + 1)
  }
  return [...count].sort(([, a], [, b]) => b - a)[0]?.[0]
}

const isControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a,button,input,label,select,[role=menu]') !== null

export const RecordTable = (props: Props) => {
  const { resourceId, columns, records, isLoading, title, sort, picked, rowMenu } = props
  const words = useWords()
  const nameOf = useNameOf(resourceId)
  const untitled = useUntitled(resourceId)
  const names = recordViewOf(useResourceData(resourceId))?.names ?? []
  const navigate = useNavigate()
  const currency = useMemo(() => usualCurrency(columns, records), [columns, records])
  const titleColumn = columns.find(({ card }) => card === 'title') ?? columns[0]
  const classOf = (column: ListColumn) =>
    [column.card ? `cd-at-${column.card}` : 'cd-at-off', isNumeric(column.as) ? 'cd-number' : '']
      .join(' ')
      .trim()
  const pageIds = records.map(({ id }) => String(id))
  const pickedHere = picked ? pageIds.filter((id) => picked.picked.has(id)).length : 0

  const heading = (column: ListColumn) => {
    const text = words.property(resourceId, column.property)
    const withSign = column.as === 'money' && currency ? `${text}, ${signOf(currency)}` : text
    if (!column.sortable || !sort) return withSign
    const isSorted = sort.by === column.property
    return (
      <button
        type="button"
        className="cd-sort"
        onClick={() => sort.onSort(column.property, isSorted && sort.direction === 'asc' ? 'desc' : 'asc')}
      >
        {withSign}
        <Icon name="ArrowDown" />
      </button>
    )
  }
  const sortOf = (column: ListColumn) =>
    column.sortable && sort?.by === column.property
      ? { 'aria-sort': sort.direction === 'asc' ? ('ascending' as const) : ('descending' as const) }
      : {}

  const cell = (column: ListColumn, record: RecordData) => {
    const value = (
      <Value
        field={column}
        resourceId={resourceId}
        record={record}
        isCell
        {...(column.as === 'money' && { bareCurrency: currency })}
      />
    )
    if (column !== titleColumn || column.as === 'reference') return value
    return (
      <GoLink href={recordUrl(resourceId, record.id)} className="cd-title-link">
        {record.params[column.property] ? value : untitled || value}
        {column.property === names[0] ? restOfName(record) : null}
      </GoLink>
    )
  }
  // A card has one line for a name that a table tells in several columns.
  const restOfName = ({ params }: RecordData) => {
    const rest = names.slice(1).flatMap((property) => (params[property] ? [String(params[property])] : []))
    return rest.length ? <span className="cd-phone-sign"> {rest.join(' ')}</span> : null
  }
  const fullText = (column: ListColumn, record: RecordData) => {
    const raw = record.params[column.property]
    return (column.as === 'text' || column.as === 'long') && typeof raw === 'string' ? { title: raw } : {}
  }

  return (
    <table className="cd-table cd-table-cards" aria-busy={isLoading}>
      <caption className="cd-hidden">{title}</caption>
      <thead>
        <tr>
          {picked ? (
            <th className="cd-tight" scope="col">
              <Tick
                isOn={records.length > 0 && pickedHere === records.length}
                isPart={pickedHere > 0}
                label={words.t('screens.list.pick_page')}
                onToggle={() => picked.toggleAll(records)}
              />
            </th>
          ) : null}
          {columns.map((column) => (
            <th key={column.property} scope="col" className={classOf(column)} {...sortOf(column)}>
              {heading(column)}
            </th>
          ))}
          {rowMenu ? (
            <th className="cd-tight" scope="col">
              <span className="cd-hidden">{words.t('screens.list.row_actions')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {isLoading && !records.length
          ? Array.from({ length: 12 }, (_, row) => (
              <tr key={row}>
                {picked ? <td className="cd-at-box" /> : null}
                {columns.map((column, index) => (
                  <td key={column.property} className={classOf(column)}>
                    <Skeleton width={`${40 + ((row * 7 + index * 13) % 45)}%`} />
                  </td>
                ))}
                {rowMenu ? <td className="cd-at-off" /> : null}
              </tr>
            ))
          : null}
        {records.map((record) => {
          const isPicked = picked?.picked.has(String(record.id)) ?? false
          const href = recordUrl(resourceId, record.id)
          return (
            <tr
              key={record.id}
              data-id={record.id}
              className={isPicked ? 'cd-open-row cd-picked' : 'cd-open-row'}
              onClick={(event) => {
                if (isControl(event.target) || getSelection()?.toString()) return
                if (event.metaKey || event.ctrlKey) window.open(href, '_blank', 'noopener')
                else navigate(href)
              }}
              onAuxClick={(event) => {
                if (event.button === 1 && !isControl(event.target)) window.open(href, '_blank', 'noopener')
              }}
            >
              {picked ? (
                <td className="cd-at-box">
                  <Tick
                    isOn={isPicked}
                    label={words.t('screens.list.pick_row', { title: nameOf(record) })}
                    onToggle={(isRange) => picked.toggle(record, isRange)}
                  />
                </td>
              ) : null}
              {columns.map((column) => (
                <td key={column.property} className={classOf(column)} {...fullText(column, record)}>
                  {cell(column, record)}
                </td>
              ))}
              {rowMenu ? <td className="cd-at-off">{rowMenu(record)}</td> : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
