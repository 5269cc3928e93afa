/** The right column of a record: who made, changed, deleted and restored it, and what happened last. */

import type { HistoryEntry, Provenance } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { Moment } from '../parts/moment.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useWords } from '../use-words.ts'
import { useSayEvent } from './use-say-event.ts'

export type HistoryAnswer =
  | { entries: HistoryEntry[]; provenance?: Provenance; hasMore?: boolean }
  | HistoryEntry[]
export const entriesOf = (answer: HistoryAnswer | undefined): HistoryEntry[] =>
  !answer ? [] : Array.isArray(answer) ? answer : answer.entries

export const ProvenanceCard = ({ provenance }: { provenance: Provenance }) => {
  const words = useWords()
  const marks = (['created', 'updated', 'deleted', 'restored'] as const).filter((key) => provenance[key])
  if (!marks.length) return null
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t('screens.record.provenance')}</h2>
      </header>
      <dl className="cd-card-body cd-facts">
        {marks.map((key) => {
          const mark = provenance[key]
          if (!mark) return null
          return (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{words.t(`screens.record.marks.${key}`)}</dt>
              <dd>
                {mark.by ?? words.t('screens.record.system')}
                <br />
                <span className="cd-muted cd-small">
                  <Moment at={mark.at} />
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

export const LastEvents = ({ entries, isLoading }: { entries: HistoryEntry[]; isLoading: boolean }) => {
  const words = useWords()
  const say = useSayEvent()
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h3">{words.t('screens.record.history')}</h2>
      </header>
      <div className="cd-card-body">
        {isLoading && !entries.length ? <Skeleton width="80%" /> : null}
        {!isLoading && !entries.length ? (
          <p className="cd-muted">{words.t('screens.record.no_history')}</p>
        ) : null}
        <ul className="cd-timeline">
          {entries.slice(0, 5).map((entry) => (
            <li key={entry.id}>
              {say(entry)}
              <div>
                <Moment at={entry.at} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** `params` of the record tell who and when even before the history has come. */
const fromParams = (params: Record<string, unknown>): Provenance => {
  const found: Provenance = {}
  for (const key of ['created', 'updated', 'deleted', 'restored'] as const) {
    const at = params[`${key}At`]
    if (typeof at === 'string' && !(key === 'updated' && at === params['createdAt']))
      found[key] = { by: null, at }
  }
  return found
}

export const FactsColumn = ({
  resourceId,
  recordId,
  params,
}: {
  resourceId: string
  recordId: string
  params: Record<string, unknown>
}) => {
  const { data, isLoading } = useLoaded(
    `history/${resourceId}/${recordId}/${String(params['version'] ?? '')}`,
    (signal) => desk<HistoryAnswer>(`history/${resourceId}/${recordId}`, {}, signal),
  )
  const provenance =
    data && !Array.isArray(data) && data.provenance ? data.provenance : isLoading ? {} : fromParams(params)
  return (
    <aside className="cd-stack">
      <ProvenanceCard provenance={provenance} />
      <LastEvents entries={entriesOf(data)} isLoading={isLoading} />
    </aside>
  )
}
