/** One notification: what happened, when, and whether it has been read. */

import type { NotificationItem } from '../../notification-types.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Moment } from '../parts/moment.tsx'
import { useWords } from '../use-words.ts'

type Props = { item: NotificationItem; onRead: () => void; onGo: () => void }

export const NotificationRow = ({ item, onRead, onGo }: Props) => {
  const { t } = useWords()
  const text = (
    <>
      <span className="cd-bell-title">{item.title}</span>
      {item.detail ? <span className="cd-muted cd-small">{item.detail}</span> : null}
      <span className="cd-muted cd-small">
        <Moment at={item.at} />
      </span>
    </>
  )
  return (
    <li
      className={item.isRead ? 'cd-bell-row' : 'cd-bell-row cd-bell-row-new'}
      data-testid={`notification-${item.id}`}
    >
      <span className={`cd-bell-mark cd-bell-mark-${item.tone}`} aria-hidden />
      {item.href ? (
        <GoLink href={item.href} className="cd-bell-text" onGo={onGo}>
          {text}
        </GoLink>
      ) : (
        <span className="cd-bell-text">{text}</span>
      )}
      {item.isRead ? null : (
        <button
          type="button"
          className="cd-icon-button cd-icon-button-small"
          title={t('notifications.bell.read')}
          aria-label={`${t('notifications.bell.read')}: ${item.title}`}
          onClick={onRead}
        >
          <Icon name="Check" />
        </button>
      )}
    </li>
  )
}
