/** What just happened, in the corner: good news leaves by itself or for the next, a failure stays until it is closed. */

import { useEffect } from 'react'
import { useDispatch, useSelector } from 'react-redux'
import type { PageState } from './adminjs-state.ts'
import type { Notice } from './desk-api.ts'
import { Icon } from './parts/icon.tsx'
import { useWords } from './use-words.ts'

const ICONS = { success: 'Check', error: 'AlertTriangle', info: 'Info' }
const SECONDS = 6

type Shown = Notice & { id: string }

const OneNotice = ({ notice, onDrop }: { notice: Shown; onDrop: () => void }) => {
  const words = useWords()
  useEffect(() => {
    if (notice.type === 'error') return
    const timer = setTimeout(onDrop, SECONDS * 1000)
    return () => clearTimeout(timer)
  }, [notice.id])
  const { message, resourceId } = notice
  const text = words.either(
    [
      ...(resourceId ? [`resources.${resourceId}.messages.${message}`] : []),
      `messages.${message}`,
      `errors.${message}`,
      message,
    ],
    // AdminJS itself sends ready sentences for what it could not find; a code without a sentence is never shown.
    notice.type === 'error' ? words.t('screens.failure.unknown') : words.t('screens.done'),
    (notice.options ?? {}) as Record<string, string | number>,
  )
  return (
    <div className={`cd-notice cd-notice-${notice.type}`} data-testid={`notice-${notice.type}`}>
      <Icon name={ICONS[notice.type]} />
      <p className="cd-grow">{text}</p>
      <button
        type="button"
        className="cd-icon-button cd-icon-button-small"
        aria-label={words.t('screens.close')}
        onClick={onDrop}
      >
        <Icon name="X" />
      </button>
    </div>
  )
}

export const NoticeBox = () => {
  const notices = useSelector((state: PageState) => state.notices)
  const dispatch = useDispatch()
  const drop = (noticeId: string) => dispatch({ type: 'DROP_NOTICE', data: { noticeId } })
  const failures = notices.filter(({ type }) => type === 'error')
  const news = notices.filter(({ type }) => type !== 'error')
  const newest = news.at(-1)
  // A heap of them would lie over what is being worked on.
  useEffect(() => {
    for (const { id } of news.slice(0, -1)) drop(id)
  }, [newest?.id])
  return (
    <div className="cd-layer cd-notices" data-testid="notice-wrapper">
      <div role="alert" className="cd-stack">
        {failures.map((notice) => (
          <OneNotice key={notice.id} notice={notice} onDrop={() => drop(notice.id)} />
        ))}
      </div>
      <div role="status" className="cd-stack">
        {newest ? <OneNotice key={newest.id} notice={newest} onDrop={() => drop(newest.id)} /> : null}
      </div>
    </div>
  )
}
