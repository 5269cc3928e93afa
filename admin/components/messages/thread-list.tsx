/** The list of conversations: chips with live numbers, what waits the longest on top. */

import { useEffect, useState } from 'react'
import type { ThreadList as List, ThreadRow as Row, ThreadView } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useGo } from '../use-go.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { threadsUrl } from './thread-address.ts'
import { ThreadRow } from './thread-row.tsx'

export const VIEWS: Record<'staff' | 'client', ThreadView[]> = {
  staff: ['waiting', 'mine', 'all'],
  client: ['all', 'unread'],
}

type Props = { view: ThreadView; openId: number | null; writeHref: string | null }

export const ThreadList = ({ view, openId, writeHref }: Props) => {
  const words = useWords()
  const go = useGo()
  const { side } = useMe()
  const [pages, setPages] = useState(1)
  const load = (signal: AbortSignal): Promise<List> => readPages(view, pages, signal)
  const { data, failure, reload } = useLoaded(`threads/${view}/${pages}`, load)
  useOnPulse(reload)
  useEffect(() => setPages(1), [view])
  const emptyText =
    view === 'all' && side === 'client' ? 'threads.empty.all_text_client' : `threads.empty.${view}_text`
  return (
    <section className="cd-card cd-threads" aria-label={words.t('threads.list')}>
      <div className="cd-threads-views" role="group" aria-label={words.t('threads.views_label')}>
        {VIEWS[side].map((one) => (
          <button
            key={one}
            type="button"
            className="cd-chip"
            aria-pressed={one === view}
            data-testid={`view-${one}`}
            onClick={() => go(threadsUrl(one))}
          >
            {words.t(`threads.views.${one}`)}
            {data?.counts[one] ? <b>{words.number(data.counts[one])}</b> : null}
          </button>
        ))}
      </div>
      {failure && !data ? (
        <FailurePlace failure={failure} onRetry={reload} />
      ) : !data ? (
        <SkeletonCard lines={6} />
      ) : data.items.length === 0 ? (
        <EmptyPlace icon="MessageSquare" title={words.t(`threads.empty.${view}`)} text={words.t(emptyText)}>
          {writeHref && (view === 'all' || side === 'client') ? (
            <GoLink href={writeHref} className="cd-button">
              {words.t(side === 'client' ? 'threads.write_office' : 'threads.new.title')}
            </GoLink>
          ) : view === 'all' ? null : (
            <GoLink href={threadsUrl('all')} className="cd-button">
              {words.t('threads.views.all')}
            </GoLink>
          )}
        </EmptyPlace>
      ) : (
        <div className="cd-threads-scroll">
          <ul>
            {data.items.map((row) => (
              <ThreadRow
                key={row.id}
                row={row}
                view={view}
                isOpen={row.id === openId}
                hasClient={side === 'staff'}
              />
            ))}
          </ul>
          {data.hasMore ? (
            <p className="cd-threads-more">
              <Button onClick={() => setPages(pages + 1)}>{words.t('queue.more')}</Button>
            </p>
          ) : null}
        </div>
      )}
    </section>
  )
}

/** All pages up to this one, so that a list that was read on stays as long as it was. */
async function readPages(view: ThreadView, pages: number, signal: AbortSignal): Promise<List> {
  const items: Row[] = []
  let last: List = { items, counts: {}, hasMore: false }
  for (let page = 1; page <= pages; page += 1) {
    last = await desk<List>('threads', { view, page }, signal)
    items.push(...last.items)
    if (!last.hasMore) break
  }
  return { ...last, items }
}
