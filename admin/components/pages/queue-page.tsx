/** Everything that waits for this person, by kind, oldest trouble first. */

import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import type { QueueItem } from '../../desk-types.ts'
import { desk } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { TodoList } from './todo-list.tsx'

type Answer = {
  items: QueueItem[]
  total: number
  page?: number
  hasMore?: boolean
  kinds?: { kind: QueueItem['kind']; count: number }[]
}

export const QueuePage = () => {
  const words = useWords()
  const [search, setSearch] = useSearchParams()
  const kind = search.get('kind') ?? ''
  const [pages, setPages] = useState(1)
  const { data, failure, isLoading, reload } = useLoaded(`queue/${kind}/${pages}`, async (signal) => {
    const first = await desk<Answer>('queue', { kind: kind || undefined, page: 1 }, signal)
    const items = [...first.items]
    for (let page = 2; page <= pages && items.length < first.total; page += 1) {
      items.push(...(await desk<Answer>('queue', { kind: kind || undefined, page }, signal)).items)
    }
    return { ...first, items }
  })
  useOnPulse(reload)
  useEffect(() => {
    document.title = `${words.t('screens.frame.queue')} · certdesk`
  }, [words])
  const [known, setKnown] = useState<Map<string, number>>(new Map())
  useEffect(() => {
    if (!data || kind) return
    const counts = new Map<string, number>()
    for (const one of data.kinds ?? []) counts.set(one.kind, one.count)
    if (!data.kinds) for (const item of data.items) counts.set(item.kind, (counts.get(item.kind) ?? 0) + 1)
    setKnown(counts)
  }, [data, kind])
  const show = (next: string) => {
    setPages(1)
    setSearch(next ? { kind: next } : {}, { replace: true })
  }
  return (
    <>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.t('screens.frame.queue')}</h1>
          <p aria-live="polite">
            {data
              ? data.total
                ? words.t('home.waiting', { count: data.total })
                : words.t('home.nothing')
              : '\u00a0'}
          </p>
        </div>
      </div>
      {known.size > 1 || kind ? (
        <div className="cd-chips" role="group" aria-label={words.t('queue.kinds')}>
          <button type="button" className="cd-chip" aria-pressed={!kind} onClick={() => show('')}>
            {words.t('screens.list.all')}
          </button>
          {[...known].map(([one, count]) => (
            <button
              key={one}
              type="button"
              className="cd-chip"
              aria-pressed={kind === one}
              onClick={() => show(one)}
            >
              {words.t(`queue.${one}.chip`)} <b>{words.number(count)}</b>
            </button>
          ))}
        </div>
      ) : null}
      {failure ? (
        <section className="cd-card">
          <FailurePlace failure={failure} onRetry={reload} />
        </section>
      ) : !data ? (
        <SkeletonCard lines={10} />
      ) : (
        <section className="cd-card">
          {data.items.length ? (
            <TodoList items={data.items} onChanged={reload} />
          ) : (
            <EmptyPlace icon="CheckCircle" title={words.t('queue.empty')} text={words.t('queue.empty_text')}>
              {kind ? <Button onClick={() => show('')}>{words.t('queue.show_all')}</Button> : null}
            </EmptyPlace>
          )}
          {data.items.length < data.total ? (
            <div className="cd-pager">
              <span className="cd-code">
                {words.t('screens.work.of', { done: data.items.length, total: data.total })}
              </span>
              <span className="cd-grow" />
              <Button isSmall isBusy={isLoading} onClick={() => setPages(pages + 1)}>
                {words.t('queue.more')}
              </Button>
            </div>
          ) : null}
        </section>
      )}
    </>
  )
}
