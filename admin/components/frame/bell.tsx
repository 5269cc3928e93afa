/** What happened while this person looked elsewhere: the number of what is unread, and the list of it in a panel. */

import { useRef, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { NotificationPanel } from './notification-panel.tsx'

export const Bell = () => {
  const { t } = useWords()
  const { unread } = useLive()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const close = () => setOpen(false)
  useDismiss(isOpen, close, root)
  return (
    <div className="cd-anchor" ref={root}>
      <button
        type="button"
        className="cd-icon-button"
        title={t('notifications.bell.title')}
        aria-expanded={isOpen}
        aria-haspopup="true"
        data-testid="bell"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="Bell" />
        <span className="cd-hidden">{t('notifications.bell.title')} </span>
        {unread > 0 ? <span className="cd-bell-count">{unread > 99 ? '99+' : unread}</span> : null}
      </button>
      <span className="cd-hidden" aria-live="polite">
        {t('notifications.bell.unread', { count: unread })}
      </span>
      {isOpen ? <NotificationPanel onClose={close} /> : null}
    </div>
  )
}
