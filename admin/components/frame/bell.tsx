/** How many things wait for this person, one press from the list of them. */

import { pageUrl } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'

export const Bell = () => {
  const { t } = useWords()
  const { bell } = useLive().counters
  return (
    <GoLink href={pageUrl('queue')} className="cd-icon-button" title={t('screens.frame.bell')}>
      <Icon name="Bell" />
      {bell > 0 ? (
        <span className="cd-bell-count" aria-hidden>
          {bell > 99 ? '99+' : bell}
        </span>
      ) : null}
      <span className="cd-hidden" aria-live="polite">
        {t('screens.frame.waiting', { count: bell })}
      </span>
    </GoLink>
  )
}
