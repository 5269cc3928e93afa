/** The navigation of a client under the thumb: the first places, and everything else behind «Ещё». */

import { useLocation } from 'react-router-dom'
import { rootPath } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLive } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { useCabinetEntries } from './use-entries.ts'

const SHOWN = 4

export const BottomBar = ({ onMore, isOpen }: { onMore: () => void; isOpen: boolean }) => {
  const words = useWords()
  const entries = useCabinetEntries()
  const { pathname } = useLocation()
  const { counters } = useLive()
  const countOf = (keys: string[]) =>
    keys.reduce((sum, key) => sum + (counters.navigation[key]?.count ?? 0), 0)
  const badge = (count: number) =>
    count > 0 ? (
      <span className="cd-thumb-count">
        {count > 99 ? '99+' : count}
        <span className="cd-hidden"> {words.t('screens.frame.waiting', { count })}</span>
      </span>
    ) : null
  const rest = entries.slice(SHOWN)
  return (
    <nav className="cd-thumb" aria-label={words.t('cabinet.nav.main')}>
      {entries.slice(0, SHOWN).map(({ key, href, text, icon }) => (
        <GoLink
          key={key}
          href={href}
          className="cd-thumb-link"
          current={href === rootPath() ? pathname === href : pathname.startsWith(href)}
        >
          <Icon name={icon} />
          <span className="cd-thumb-text">{text}</span>
          {badge(countOf([key]))}
        </GoLink>
      ))}
      <button
        type="button"
        className="cd-thumb-link"
        aria-expanded={isOpen}
        aria-controls="cd-side"
        onClick={onMore}
      >
        <Icon name="MoreHorizontal" />
        <span className="cd-thumb-text">{words.t('cabinet.nav.more')}</span>
        {badge(countOf(rest.map(({ key }) => key)))}
      </button>
    </nav>
  )
}
