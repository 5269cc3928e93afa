/** One piece of background work with its bar, count and way out. */

import type { Work } from '../../desk-types.ts'
import { cancelWork } from '../use-live.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { ProgressBar } from './progress-bar.tsx'

export const WorkItem = ({ work }: { work: Work }) => {
  const words = useWords()
  const { failed } = useNotices()
  const title = words.either(
    [`screens.work.titles.${work.title.code}`, `queue.work.${work.title.code}`, work.title.code],
    words.t(`screens.work.kinds.${work.kind}`),
    work.title.params,
  )
  const isRunning = work.state === 'running' || work.state === 'waiting'
  const count =
    work.total === null
      ? words.number(work.done, 0)
      : words.t('screens.work.of', { done: work.done, total: work.total })
  return (
    <div className="cd-work">
      <div className="cd-work-head">
        <span className="cd-grow">{work.href && !isRunning ? <a href={work.href}>{title}</a> : title}</span>
        <span className={work.state === 'failed' ? 'cd-failed-text' : 'cd-muted cd-code'}>
          {isRunning ? count : words.t(`screens.work.states.${work.state}`)}
        </span>
        {work.canCancel && isRunning ? (
          <button
            type="button"
            className="cd-button-link"
            onClick={() => void cancelWork(work.key).catch(failed)}
          >
            {words.t('screens.cancel_work')}
          </button>
        ) : null}
      </div>
      {isRunning ? <ProgressBar done={work.done} total={work.total} label={title} /> : null}
      {work.failed > 0 ? (
        <p className="cd-small cd-failed-text">
          {words.t('screens.work.failed_count', { count: work.failed })}
        </p>
      ) : null}
    </div>
  )
}
