/** The panel of the bell: the unread first, each one press from what it is about and one from being read. */

import { useEffect, useState } from 'react'
import type { NotificationItem, NotificationList } from '../../notification-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, deskPost, pageUrl } from '../desk-api.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useLive } from '../use-live.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { NotificationRow } from './notification-row.tsx'

const PAGE = 20

export const NotificationPanel = ({ onClose }: { onClose: () => void }) => {
  const words = useWords()
  const { failed } = useNotices()
  const { side } = useMe()
  const { news, counters } = useLive()
  const [limit, setLimit] = useState(PAGE)
  const { data, failure, isLoading, reload, replace } = useLoaded(
    `notifications/${words.language}/${limit}`,
    (signal) => desk<NotificationList>('notifications', { limit, language: words.language }, signal),
  )
  useEffect(reload, [news])
  const read = (ids?: number[]) => {
    if (!data) return
    const isMeant = ({ id }: NotificationItem) => !ids || ids.includes(id)
    // The rows stay where they are until the panel is opened again: nothing jumps under the finger.
    replace({ ...data, items: data.items.map((item) => (isMeant(item) ? { ...item, isRead: true } : item)) })
    deskPost('notifications/read', ids ? { ids } : {}).catch(failed)
  }
  const queue = counters.navigation['queue']?.count ?? 0
  const hasUnread = data?.items.some(({ isRead }) => !isRead) ?? false
  return (
    <section
      className="cd-pop cd-pop-end cd-bell-panel"
      role="dialog"
      aria-label={words.t('notifications.bell.title')}
    >
      <div className="cd-bell-head">
        <h2 className="cd-h3 cd-grow">{words.t('notifications.bell.title')}</h2>
        {hasUnread ? (
          <button type="button" className="cd-button-link" onClick={() => read()}>
            {words.t('notifications.bell.read_all')}
          </button>
        ) : null}
        <GoLink
          href={pageUrl('notifications')}
          className="cd-icon-button cd-icon-button-small"
          title={words.t('notifications.bell.settings')}
          onGo={onClose}
        >
          <Icon name="Settings" />
          <span className="cd-hidden">{words.t('notifications.bell.settings')}</span>
        </GoLink>
      </div>
      <div className="cd-bell-scroll" aria-busy={isLoading || undefined}>
        {failure && !data ? (
          <FailurePlace failure={failure} onRetry={reload} />
        ) : !data ? (
          <div className="cd-card-body cd-stack" aria-busy="true">
            {[220, 160, 240, 180].map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        ) : data.items.length === 0 ? (
          <EmptyPlace
            icon="Bell"
            title={words.t('notifications.bell.empty')}
            text={words.t(
              side === 'staff' ? 'notifications.bell.empty_text' : 'notifications.bell.empty_text_client',
            )}
          />
        ) : (
          <ul className="cd-bell-list">
            {data.items.map((item) => (
              <NotificationRow
                key={item.id}
                item={item}
                onRead={() => read([item.id])}
                onGo={() => {
                  if (!item.isRead) read([item.id])
                  onClose()
                }}
              />
            ))}
          </ul>
        )}
        {data?.hasMore ? (
          <button type="button" className="cd-bell-more" onClick={() => setLimit(limit + PAGE)}>
            {words.t('notifications.bell.more')}
          </button>
        ) : null}
      </div>
      {/* What waits is not what happened: it stays until it is done, whoever has read about it. */}
      {side === 'staff' ? (
        <GoLink href={pageUrl('queue')} className="cd-bell-foot" onGo={onClose}>
          <Icon name="Inbox" />
          <span className="cd-grow">{words.t('notifications.bell.queue')}</span>
          {queue > 0 ? <span className="cd-count">{queue > 999 ? '999+' : queue}</span> : null}
          <Icon name="ChevronRight" />
        </GoLink>
      ) : null}
    </section>
  )
}
