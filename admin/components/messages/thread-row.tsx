/** A thread in a list: whose it is, what it is about, the last word, and how long it has been waiting. */

import type { ThreadRow as Row } from '../../thread-types.ts'
import { useMe } from '../adminjs-state.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Moment } from '../parts/moment.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'
import { threadUrl } from './thread-address.ts'
import { subjectWords, TONES } from './thread-words.ts'

type Props = { row: Row; view?: string | null; isOpen?: boolean; hasClient: boolean }

export const ThreadRow = ({ row, view, isOpen = false, hasClient }: Props) => {
  const words = useWords()
  const { side, id: me } = useMe()
  const { last, unread, state, waitingSince, assignee } = row
  const isNew = unread > 0
  const wait = waitingSince ? words.wait(Date.now() - Date.parse(waitingSince)) : ''
  const about = [hasClient ? row.client : '', subjectWords(words, row.subject)].filter(Boolean).join(' · ')
  const said = [last.text, last.files ? words.t('threads.files', { count: last.files }) : '']
    .filter(Boolean)
    .join(' · ')
  return (
    <li>
      <GoLink
        href={threadUrl(row.id, view)}
        className={isNew ? 'cd-thread cd-thread-new' : 'cd-thread'}
        current={isOpen}
      >
        <span className="cd-thread-head">
          <span className="cd-thread-title cd-cut">{row.title}</span>
          <span className="cd-muted cd-small">
            <Moment at={last.at} />
          </span>
        </span>
        <span className="cd-thread-about cd-cut">{about}</span>
        <span className="cd-thread-said cd-cut">
          {last.isMine ? words.t('threads.you') : last.author}: {said}
        </span>
        <span className="cd-thread-foot">
          <Badge tone={row.isLate ? 'fail' : TONES[side][state]}>
            {side === 'staff' && wait
              ? words.t(row.isLate ? 'threads.waits_long' : 'threads.waits', { time: wait })
              : words.t(`threads.states.${side}.${state}`)}
          </Badge>
          {side === 'staff' && state !== 'closed' ? (
            <span className="cd-thread-who cd-cut">
              <Icon name="User" />
              {assignee
                ? assignee.id === me
                  ? words.t('threads.you')
                  : assignee.name
                : words.t('threads.nobody')}
            </span>
          ) : null}
          {isNew ? (
            <span className="cd-count cd-count-new">
              {unread > 99 ? '99+' : unread}
              <span className="cd-hidden"> {words.t('threads.unread', { count: unread })}</span>
            </span>
          ) : null}
        </span>
      </GoLink>
    </li>
  )
}
