/** The console of background work: each job with its schedule and last run, the queues, and what failed with its reason. */

import { useEffect, useState } from 'react'
import type { JobsConsole } from '../../desk-types.ts'
import { desk, deskPost } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailedScreen } from '../screens/failed-screen.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Menu } from '../parts/menu.tsx'
import { Moment } from '../parts/moment.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useLoaded } from '../use-desk.ts'
import { useNotices } from '../use-notices.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { scheduleWords } from './schedule-words.ts'

type Job = JobsConsole['jobs'][number]
type Failure = JobsConsole['failures'][number]

export const JobsPage = () => {
  const words = useWords()
  const { failed, say } = useNotices()
  const [busy, setBusy] = useState<string | null>(null)
  const [asking, setAsking] = useState<Failure | null>(null)
  const { data, failure, reload } = useLoaded('jobs', (signal) => desk<JobsConsole>('jobs', {}, signal))
  useOnPulse(reload)
  useEffect(() => {
    document.title = `${words.t('screens.frame.jobs')} · certdesk`
    const timer = setInterval(reload, 15_000)
    return () => clearInterval(timer)
  }, [words, reload])

  /** Every step of the console: pressed, told, looked at again. */
  const press = (key: string, path: string, payload: unknown, message: string) => {
    setBusy(key)
    deskPost(path, payload)
      .then(() => {
        say('success', message)
        setAsking(null)
        reload()
      })
      .catch(failed)
      .finally(() => setBusy(null))
  }
  const nameOf = (job: Job) => job.description || job.name
  const aboutOf = (job: Job) => words.either([`jobs.about.${job.name}`], '')
  const topicOf = (topic: string) =>
    words.either([`jobs.topics.${topic.replaceAll('.', '_')}`], words.t('jobs.other_topic', { topic }))

  if (failure && !data) return <FailedScreen failure={failure} onRetry={reload} />
  if (!data) return <SkeletonCard lines={10} />
  const trouble =
    data.failures.length + data.jobs.filter((job) => job.isLate || job.lastResult === 'failed').length
  const dead = data.failures.filter(({ state, canRetry }) => state === 'dead' && canRetry)

  const lastRun = (job: Job) => {
    if (!job.lastRunAt)
      return (
        <Badge tone={job.isLate ? 'warn' : 'draft'}>{words.t(job.isLate ? 'jobs.late' : 'jobs.never')}</Badge>
      )
    const at = `${words.time(job.lastRunAt)}${job.lastDurationMs === null ? '' : ` · ${words.duration(job.lastDurationMs)}`}`
    if (job.lastResult === 'failed') {
      return (
        <Badge tone="fail" {...(job.lastError !== null && { title: job.lastError })}>
          {words.t('jobs.failed_at', { at: words.time(job.lastRunAt) })}
        </Badge>
      )
    }
    if (job.isLate)
      return <Badge tone="warn">{words.t('jobs.late_since', { at: words.moment(job.lastRunAt) })}</Badge>
    return (
      <Badge tone="done" title={words.exact(job.lastRunAt)}>
        {at}
      </Badge>
    )
  }
  return (
    <>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.t('screens.frame.jobs')}</h1>
          <p>{words.t('jobs.about_page')}</p>
        </div>
        <Badge tone={trouble ? 'warn' : 'done'}>
          {trouble ? words.t('jobs.trouble', { count: trouble }) : words.t('jobs.fine')}
        </Badge>
      </div>
      <div className="cd-stack">
        <section className="cd-card cd-list-card">
          <div className="cd-table-wrap">
            <table className="cd-table cd-table-tall cd-table-cards">
              <caption className="cd-hidden">{words.t('screens.frame.jobs')}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.t('jobs.job')}</th>
                  <th scope="col">{words.t('jobs.schedule')}</th>
                  <th scope="col">{words.t('jobs.last_run')}</th>
                  <th scope="col">{words.t('jobs.next_run')}</th>
                  {data.mayManage ? (
                    <th scope="col" className="cd-tight">
                      <span className="cd-hidden">{words.t('screens.list.row_actions')}</span>
                    </th>
                  ) : null}
                </tr>
              </thead>
              <tbody>
                {data.jobs.map((job) => (
                  <tr key={job.name}>
                    <td className="cd-at-title">
                      <span className="cd-todo-what">{nameOf(job)}</span>
                      <br />
                      <span className="cd-muted cd-small">{aboutOf(job)}</span>
                    </td>
                    <td className="cd-soft cd-at-off" title={job.timezone}>
                      {scheduleWords(words, job.schedule)}
                    </td>
                    <td className="cd-at-state">{lastRun(job)}</td>
                    <td className="cd-soft cd-at-off">
                      {job.isPaused ? (
                        words.t('jobs.paused')
                      ) : job.nextRunAt ? (
                        <Moment at={job.nextRunAt} />
                      ) : (
                        '—'
                      )}
                    </td>
                    {data.mayManage ? (
                      <td className="cd-at-sum">
                        <div className="cd-row">
                          <Button
                            isSmall
                            isBusy={busy === job.name}
                            onClick={() => press(job.name, `jobs/${job.name}/run`, {}, 'jobs.started')}
                          >
                            {words.t('jobs.run')}
                          </Button>
                          <Menu
                            isEnd
                            label={words.t('screens.list.row_menu', { title: nameOf(job) })}
                            items={[
                              {
                                key: 'pause',
                                icon: job.isPaused ? 'Play' : 'Pause',
                                text: words.t(job.isPaused ? 'jobs.resume' : 'jobs.pause'),
                                onPick: () =>
                                  press(
                                    job.name,
                                    `jobs/${job.name}/${job.isPaused ? 'resume' : 'pause'}`,
                                    {},
                                    job.isPaused ? 'jobs.resumed' : 'jobs.was_paused',
                                  ),
                              },
                            ]}
                          />
                        </div>
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>

        <section className="cd-card cd-list-card">
          <header className="cd-card-head">
            <h2 className="cd-h2">{words.t('jobs.queues')}</h2>
          </header>
          <div className="cd-table-wrap">
            <table className="cd-table cd-table-cards">
              <caption className="cd-hidden">{words.t('jobs.queues')}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.t('jobs.topic')}</th>
                  <th scope="col" className="cd-number">
                    {words.t('jobs.waiting')}
                  </th>
                  <th scope="col" className="cd-number">
                    {words.t('jobs.working')}
                  </th>
                  <th scope="col" className="cd-number">
                    {words.t('jobs.dead')}
                  </th>
                  <th scope="col" className="cd-number">
                    {words.t('jobs.uncertain')}
                  </th>
                  <th scope="col">{words.t('jobs.oldest')}</th>
                </tr>
              </thead>
              <tbody>
                {data.queues.map((queue) => (
                  <tr key={queue.topic}>
                    <td className="cd-at-title">{topicOf(queue.topic)}</td>
                    <td className="cd-number cd-at-sum">{words.number(queue.waiting)}</td>
                    <td className="cd-number cd-at-off">{words.number(queue.working)}</td>
                    <td className={queue.dead ? 'cd-number cd-at-off cd-failed-text' : 'cd-number cd-at-off'}>
                      {words.number(queue.dead)}
                    </td>
                    <td className="cd-number cd-at-off">{words.number(queue.uncertain)}</td>
                    <td className="cd-at-sub cd-soft">
                      {queue.oldestAt ? <Moment at={queue.oldestAt} /> : '—'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.queues.length ? null : <EmptyPlace icon="Inbox" title={words.t('jobs.no_queues')} />}
          </div>
        </section>

        <section className="cd-card cd-list-card">
          <header className="cd-card-head">
            <h2 className="cd-h2 cd-grow">
              {words.t('jobs.failures')}{' '}
              {data.failures.length ? (
                <span className="cd-muted">{words.number(data.failures.length)}</span>
              ) : null}
            </h2>
            {data.mayManage && dead.length > 1 ? (
              <Button
                isSmall
                isBusy={busy === 'all'}
                onClick={() =>
                  press('all', 'jobs/failures/retry', { ids: dead.map(({ id }) => id) }, 'jobs.retried')
                }
              >
                {words.t('jobs.retry_all')}
              </Button>
            ) : null}
          </header>
          {data.failures.length ? (
            <div className="cd-table-wrap">
              <table className="cd-table cd-table-tall cd-table-cards">
                <caption className="cd-hidden">{words.t('jobs.failures')}</caption>
                <thead className="cd-hidden">
                  <tr>
                    <th scope="col">{words.t('jobs.job')}</th>
                    <th scope="col">{words.t('jobs.reason')}</th>
                    <th scope="col">{words.t('jobs.when')}</th>
                    <th scope="col">{words.t('screens.list.row_actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.failures.map((one) => (
                    <tr key={one.id}>
                      <td className="cd-at-title">
                        <span className="cd-todo-what">{topicOf(one.topic)}</span>
                        {one.subject ? (
                          <>
                            <br />
                            <GoLink href={one.subject.href} className="cd-small">
                              {one.subject.label}
                            </GoLink>
                          </>
                        ) : null}
                      </td>
                      <td className="cd-wrap cd-at-sub">
                        {words.either(
                          [`errors.${one.code}`],
                          words.t(one.state === 'uncertain' ? 'jobs.unknown_fate' : 'jobs.unknown_reason'),
                          one.params,
                        )}{' '}
                        <span className="cd-muted">{words.t('jobs.attempts', { count: one.attempts })}</span>
                      </td>
                      <td className="cd-soft cd-at-state">
                        <Moment at={one.at} />
                      </td>
                      <td className="cd-at-sum">
                        {!data.mayManage ? null : one.state === 'uncertain' ? (
                          <Button isSmall onClick={() => setAsking(one)}>
                            {words.t('jobs.settle')}
                          </Button>
                        ) : (
                          <Button
                            isSmall
                            isBusy={busy === `failure-${one.id}`}
                            {...(!one.canRetry && { refusal: words.t('jobs.no_retry') })}
                            onClick={() =>
                              press(`failure-${one.id}`, `jobs/failures/${one.id}/retry`, {}, 'jobs.retried')
                            }
                          >
                            {words.t('screens.retry')}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <EmptyPlace
              icon="CheckCircle"
              title={words.t('jobs.no_failures')}
              text={words.t('jobs.no_failures_text')}
            />
          )}
        </section>
      </div>
      {asking ? (
        <Dialog
          title={words.t('jobs.settle_title')}
          onClose={() => setAsking(null)}
          foot={
            <>
              <Button onClick={() => press('settle', `jobs/failures/${asking.id}/retry`, {}, 'jobs.retried')}>
                {words.t('jobs.did_not_arrive')}
              </Button>
              <Button
                look="primary"
                onClick={() => press('settle', `jobs/failures/${asking.id}/skip`, {}, 'jobs.settled')}
              >
                {words.t('jobs.did_arrive')}
              </Button>
            </>
          }
        >
          <p className="cd-soft">
            {words.t('jobs.settle_text', { what: asking.subject?.label ?? topicOf(asking.topic) })}
          </p>
        </Dialog>
      ) : null}
    </>
  )
}
