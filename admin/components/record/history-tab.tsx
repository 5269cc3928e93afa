/** The whole history of a record as sentences, with what was before and what is after on demand. */

import { useState } from 'react'
import type { HistoryEntry } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { Moment } from '../parts/moment.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { Changes } from './changes.tsx'
import { entriesOf, type HistoryAnswer } from './facts-column.tsx'
import { useSayEvent } from './use-say-event.ts'

const PAGE = 20

const Entry = ({ entry, resourceId }: { entry: HistoryEntry; resourceId: string }) => {
  const words = useWords()
  const say = useSayEvent()
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      {say(entry)}
      {entry.note ? <span className="cd-soft"> — {entry.note}</span> : null}
      <div className="cd-row cd-time-line">
        <Moment at={entry.at} />
        {entry.changes.length ? (
          <button
            type="button"
            className="cd-button-link"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {words.t(isOpen ? 'screens.record.hide_changes' : 'screens.record.show_changes', {
              count: entry.changes.length,
            })}
          </button>
        ) : null}
      </div>
      {isOpen ? <Changes resourceId={resourceId} changes={entry.changes} /> : null}
    </li>
  )
}

export const HistoryTab = ({ resourceId, recordId }: { resourceId: string; recordId: string }) => {
  const words = useWords()
  const { failed } = useNotices()
  const [older, setOlder] = useState<HistoryEntry[]>([])
  const [isEnd, setEnd] = useState(false)
  const { data, failure, reload } = useLoaded(`history/${resourceId}/${recordId}`, (signal) =>
    desk<HistoryAnswer>(`history/${resourceId}/${recordId}`, {}, signal),
  )
  if (failure) return <FailurePlace failure={failure} onRetry={reload} />
  if (!data) return <SkeletonCard />
  const first = entriesOf(data)
  const entries = [...first, ...older]
  const last = entries.at(-1)
  const more = () => {
    desk<HistoryAnswer>(`history/${resourceId}/${recordId}`, { before: last?.id })
      .then((answer) => {
        const found = entriesOf(answer)
        setOlder([...older, ...found])
        if (found.length === 0) setEnd(true)
      })
      .catch(failed)
  }
  const hasMore =
    !isEnd && (Array.isArray(data) ? first.length >= PAGE : (data.hasMore ?? first.length >= PAGE))
  return (
    <section className="cd-card">
      <div className="cd-card-body">
        {entries.length ? (
          <ul className="cd-timeline">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} resourceId={resourceId} />
            ))}
          </ul>
        ) : (
          <EmptyPlace
            icon="Clock"
            title={words.t('screens.record.no_history')}
            text={words.t('screens.record.no_history_text')}
          />
        )}
        {hasMore && entries.length ? (
          <Button isSmall onClick={more}>
            {words.t('screens.record.older')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
