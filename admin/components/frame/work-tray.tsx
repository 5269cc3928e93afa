/** Background work of this person: how far it is, «Отменить», and the link to what came of it. */

import { useRef, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useDismiss } from '../parts/use-dismiss.ts'
import { WorkItem } from '../parts/work-item.tsx'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'

export const WorkTray = () => {
  const { t } = useWords()
  const { work } = useLive()
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  useDismiss(isOpen, () => setOpen(false), root)
  const running = work.filter(({ state }) => state === 'running' || state === 'waiting')
  return (
    <div className="cd-anchor" ref={root}>
      <button
        type="button"
        className="cd-icon-button"
        aria-label={t('screens.work.button', { count: running.length })}
        title={t('screens.work.title')}
        aria-expanded={isOpen}
        aria-haspopup="true"
        data-testid="work-tray"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="Clock" />
        {running.length > 0 ? <span className="cd-work-dot" /> : null}
      </button>
      {isOpen ? (
        <div className="cd-pop cd-pop-end cd-pop-wide" role="dialog" aria-label={t('screens.work.title')}>
          <p className="cd-pop-head">{t('screens.work.title')}</p>
          <div className="cd-pop-scroll" aria-live="polite">
            {work.length ? (
              work.map((item) => <WorkItem key={item.key} work={item} />)
            ) : (
              <p className="cd-work cd-muted">{t('screens.work.empty')}</p>
            )}
          </div>
        </div>
      ) : null}
    </div>
  )
}
