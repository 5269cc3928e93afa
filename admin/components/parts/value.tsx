/** One value of a record the way its kind reads: money, state, day, code, reference and the rest. */

import { LineRequest } from '../accounting/line-request.tsx'
import { LineStanding } from '../accounting/line-standing.tsx'
import { Papers } from '../accounting/papers.tsx'
import type { DeskDocument, HistoryEntry, LineRequest as Request } from '../../desk-types.ts'
import type { Shown } from '../../view-types.ts'
import { useResources } from '../adminjs-state.ts'
import { recordUrl, type RecordData } from '../desk-api.ts'
import { faultsOf, itemsOf, partsOf } from '../flat-params.ts'
import { formatCode } from '../format.ts'
import { useNameOf } from '../use-name-of.ts'
import { useWords } from '../use-words.ts'
import { CopyCode } from './copy-code.tsx'
import { Changes } from '../record/changes.tsx'
import { useSayEvent } from '../record/use-say-event.ts'
import { GoLink } from './go-link.tsx'
import { Icon } from './icon.tsx'
import { Moment } from './moment.tsx'
import { StateBadge } from './state-badge.tsx'
import { Sum } from './sum.tsx'

type Props = {
  field: Shown
  resourceId: string
  record: RecordData
  /** In a table: cut, no copy button, the currency may stand in the heading. */
  isCell?: boolean
  bareCurrency?: string | undefined
}

const listOf = ({ params }: RecordData, property: string): string[] => {
  const whole = params[property]
  return (Array.isArray(whole) ? whole : itemsOf(params, property)).map(String)
}

/** What a value of several named parts says; empty parts say nothing. */
const toldParts = ({ params }: RecordData, property: string): [string, string][] =>
  partsOf(params, property)
    .filter(([, value]) => value !== null && value !== '')
    .map(([part, value]) => [part, String(value)])

/** The record an event of the trail is about, as far as this person has a screen of it. */
const Subject = ({ event }: { event: HistoryEntry }) => {
  const words = useWords()
  const table = String(event.params['subject'] ?? '').replaceAll('_', '-')
  const id = event.params['subjectId']
  const isShown = useResources().some((resource) => resource.id === table)
  const name = words.either([`labels.${table}`, `resources.${table}.labels.${table}`], '')
  const text = [name, `№\u00a0${id}`].filter(Boolean).join(' ')
  return isShown ? <GoLink href={recordUrl(table, String(id))}>{text}</GoLink> : <>{text}</>
}

const Reference = ({ resourceId, target }: { resourceId: string; target: RecordData }) => {
  const name = useNameOf(resourceId)(target)
  return (
    <GoLink href={recordUrl(resourceId, target.id)} title={name}>
      {name}
    </GoLink>
  )
}

const EventSentence = ({ event }: { event: HistoryEntry }) => {
  const sentence = useSayEvent()(event)
  return (
    <span className="cd-event" title={sentence}>
      {sentence}
    </span>
  )
}

export const Value = ({ field, resourceId, record, isCell, bareCurrency }: Props) => {
  const words = useWords()
  const { property, as } = field
  const raw = record.params[property]
  const none = <span className="cd-muted cd-none">—</span>
  if (as === 'list') {
    const items = listOf(record, property)
    return items.length ? (
      <>{items.map((item) => words.value(resourceId, property, item)).join(', ')}</>
    ) : (
      none
    )
  }
  if (as === 'json') {
    const parts = toldParts(record, property)
    if (parts.length)
      return (
        <>
          {parts.map(([part, text]) => (
            <span key={part} className={isCell ? undefined : 'cd-block'}>
              <span className="cd-muted">
                {words.either([`resources.${resourceId}.parts.${property}.${part}`], part)}:{' '}
              </span>
              {text}{' '}
            </span>
          ))}
        </>
      )
  }
  if (as === 'faults') {
    const faults = faultsOf(record.params, property)
    if (faults.length === 0) return none
    return (
      <>
        {faults.map(({ field: name, code, params }) => (
          <span key={name} className="cd-fault">
            <Icon name="AlertTriangle" />
            {words.property(resourceId, name)}: {words.fault(code, params)}
          </span>
        ))}
      </>
    )
  }
  if (as === 'flag') return <>{words.t(raw === true || raw === 'true' ? 'screens.yes' : 'screens.no')}</>
  if (as === 'request') return <LineRequest request={(raw as Request | undefined) ?? null} />
  if (as === 'event' && raw) return <EventSentence event={raw as HistoryEntry} />
  if (as === 'subject' && raw) return <Subject event={raw as HistoryEntry} />
  if (as === 'changes') {
    const event = raw as HistoryEntry | undefined
    const subject = String(event?.params['subject'] ?? '').replaceAll('_', '-')
    return event?.changes.length ? <Changes resourceId={subject} changes={event.changes} /> : none
  }
  if (as === 'papers') return <Papers papers={(raw as DeskDocument[] | undefined) ?? []} />
  if (raw === null || raw === undefined || raw === '') return none
  const text = String(raw)
  switch (as) {
    case 'money': {
      const currency = String(record.params[field.currencyFrom ?? 'currency'] ?? 'RUB')
      return (
        <span className="cd-code">
          <Sum minor={Number(raw)} currency={currency} heading={bareCurrency} />
        </span>
      )
    }
    case 'state':
      return <StateBadge resourceId={resourceId} property={property} value={text} tones={field.tones} />
    case 'standing':
      return (
        <LineStanding
          standing={text}
          request={(record.params['request'] as Request | undefined) ?? null}
          tones={field.tones}
        />
      )
    case 'choice':
      return <>{words.value(resourceId, property, text)}</>
    case 'day':
      return <span className="cd-code">{words.day(text)}</span>
    case 'instant':
      return <Moment at={text} />
    case 'number':
      return <span className="cd-code">{words.number(Number(raw))}</span>
    case 'percent':
      return <span className="cd-code">{`${words.number(Number(raw))}\u00a0%`}</span>
    case 'code': {
      const kind = property === 'phone' ? 'phone' : ''
      return isCell ? (
        <span className="cd-code">{formatCode(kind, text)}</span>
      ) : (
        <CopyCode kind={kind} value={text} />
      )
    }
    case 'reference': {
      const target = record.populated[property]
      // What the reader may not know of is not named, not even by its number.
      if (!target) return none
      return field.reference ? (
        <Reference resourceId={field.reference} target={target} />
      ) : (
        <>{target.title}</>
      )
    }
    case 'long':
      return <span style={{ whiteSpace: isCell ? 'nowrap' : 'pre-wrap' }}>{text}</span>
    case 'json':
      return <code className="cd-small">{typeof raw === 'object' ? JSON.stringify(raw) : text}</code>
    default:
      return <>{text}</>
  }
}

/** Numbers stand to the right in their column. */
export const isNumeric = (as: Shown['as']): boolean => as === 'money' || as === 'number' || as === 'percent'
