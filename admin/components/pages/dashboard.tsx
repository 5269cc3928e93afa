/** Home: what waits for me, the last days' flow, what I opened lately and what runs in the background. */

import { useEffect } from 'react'
import type { Home, Work } from '../../desk-types.ts'
import { desk, newUrl, pageUrl } from '../desk-api.ts'
import { formatCode } from '../format.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { WorkItem } from '../parts/work-item.tsx'
import { useLoaded } from '../use-desk.ts'
import { useLive, useOnPulse } from '../use-live.ts'
import { useWords, type Words } from '../use-words.ts'
import { useResources } from '../adminjs-state.ts'
import { DayBars } from './day-bars.tsx'
import { TodoList } from './todo-list.tsx'

type Stat = Home['stats'][number]
const LOOKS: Record<Stat['key'], 'yours' | 'theirs' | 'done' | 'fail'> = {
  shipped: 'yours',
  answer_minutes: 'theirs',
  documents: 'done',
  overdue_invoices: 'fail',
}

/** What stands beside the figure: the sum in question, or how it differs from before. */
const besideOf = (words: Words, { key, value, previous, amounts }: Stat): string => {
  if (amounts?.length) return words.t('home.for_sum', { sum: words.sums(amounts) })
  if (key === 'answer_minutes') return words.t('home.norm')
  const change = value - previous
  if (!change) return words.t('home.as_before')
  return words.t(`home.change.${key}`, {
    change: `${change > 0 ? '+' : '−'}${words.number(Math.abs(change))}`,
  })
}

const StatCard = ({ stat }: { stat: Stat }) => {
  const words = useWords()
  const label = words.t(`home.stats.${stat.key}`)
  const value =
    stat.key === 'answer_minutes' && !stat.value
      ? '—'
      : stat.key === 'answer_minutes'
        ? words.t('home.minutes', { value: stat.value })
        : words.number(stat.value)
  return (
    <section className="cd-card cd-stat" aria-label={label}>
      <p className="cd-muted cd-small">{label}</p>
      <p className="cd-stat-figure">
        <span className="cd-stat-value">{value}</span>
        <span className="cd-muted cd-small">{besideOf(words, stat)}</span>
      </p>
      <DayBars days={stat.days} look={LOOKS[stat.key]} label={label} />
    </section>
  )
}

export const Dashboard = () => {
  const words = useWords()
  const resources = useResources()
  const live = useLive()
  const { data, failure, reload } = useLoaded('home', (signal) => desk<Home>('home', {}, signal))
  useOnPulse(reload)
  const today = words.today()
  useEffect(() => {
    document.title = `${words.t('screens.frame.home')} · certdesk`
  }, [words])
  const mayAdd = resources
    .find(({ id }) => id === 'organisations')
    ?.resourceActions.some(({ name }) => name === 'new')
  const all = live.work.length ? live.work : (data?.work ?? [])
  // What runs comes first; of what has ended the last few are enough here, the tray has the rest.
  const isRunning = ({ state }: Work) => state === 'running' || state === 'waiting'
  const work = [...all].sort((a, b) => Number(isRunning(b)) - Number(isRunning(a))).slice(0, 5)
  const hasFailed = work.some(({ state }) => state === 'failed')
  if (failure && !data) {
    return (
      <section className="cd-card">
        <FailurePlace failure={failure} onRetry={reload} />
      </section>
    )
  }
  return (
    <div className="cd-home">
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{today}</h1>
          <p aria-live="polite">
            {data
              ? data.queue.total
                ? words.t('home.waiting', { count: data.queue.total }) +
                  (data.queue.overdue ? words.t('home.overdue', { count: data.queue.overdue }) : '')
                : words.t('home.nothing')
              : '\u00a0'}
          </p>
        </div>
      </div>
      {data ? (
        <div className="cd-stats">
          {data.stats.map((stat) => (
            <StatCard key={stat.key} stat={stat} />
          ))}
        </div>
      ) : (
        <div className="cd-stats">
          {[1, 2, 3, 4].map((key) => (
            <SkeletonCard key={key} lines={3} />
          ))}
        </div>
      )}
      <div className="cd-stack">
        {data ? (
          <section className="cd-card">
            <header className="cd-card-head">
              <h2 className="cd-h2 cd-grow">{words.t('home.my_queue')}</h2>
              <GoLink href={pageUrl('queue')}>{words.t('home.whole_queue')}</GoLink>
            </header>
            {data.queue.items.length ? (
              <TodoList items={data.queue.items} onChanged={reload} />
            ) : (
              <EmptyPlace
                icon="CheckCircle"
                title={words.t('queue.empty')}
                text={words.t('queue.empty_text')}
              />
            )}
          </section>
        ) : (
          <SkeletonCard lines={6} />
        )}
        {data ? (
          <div className="cd-half-grid">
            <section className="cd-card">
              <header className="cd-card-head">
                <h2 className="cd-h2">{words.t('home.recent')}</h2>
              </header>
              {data.recent.length ? (
                <ul className="cd-card-body cd-stack" style={{ gap: 10 }}>
                  {data.recent.map((one) => (
                    <li key={one.id} className="cd-row">
                      <GoLink href={one.href} className="cd-grow cd-cut" title={one.name}>
                        {one.name}
                      </GoLink>
                      {one.taxId ? (
                        <span className="cd-muted cd-small cd-code">
                          {words.either([`screens.codes.${one.taxIdLabel}`], one.taxIdLabel)}{' '}
                          {formatCode(one.taxIdLabel, one.taxId)}
                        </span>
                      ) : null}
                    </li>
                  ))}
                </ul>
              ) : (
                <EmptyPlace
                  icon="Briefcase"
                  title={words.t('home.no_recent')}
                  text={words.t('home.no_recent_text')}
                >
                  {mayAdd ? (
                    <GoLink href={newUrl('organisations')} className="cd-button">
                      {words.action('organisations', 'new')}
                    </GoLink>
                  ) : null}
                </EmptyPlace>
              )}
            </section>
            <section className="cd-card">
              <header className="cd-card-head">
                <h2 className="cd-h2 cd-grow">{words.t('screens.work.title')}</h2>
                <Badge tone={hasFailed ? 'fail' : 'done'}>
                  {words.t(hasFailed ? 'home.work_failed' : 'home.work_fine')}
                </Badge>
              </header>
              {work.length ? (
                <div className="cd-card-body" aria-live="polite">
                  {work.map((item) => (
                    <WorkItem key={item.key} work={item} />
                  ))}
                </div>
              ) : (
                <EmptyPlace
                  icon="Clock"
                  title={words.t('screens.work.empty')}
                  text={words.t('screens.work.empty_text')}
                />
              )}
            </section>
          </div>
        ) : null}
      </div>
    </div>
  )
}
