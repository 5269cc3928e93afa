/** The bar above every screen: search, running work, what waits, language and me. */

import { Icon } from '../parts/icon.tsx'
import { useMe } from '../adminjs-state.ts'
import { PlaceSwitch } from '../cabinet/place-switch.tsx'
import { useWords } from '../use-words.ts'
import { Bell } from './bell.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { SearchField } from './search-field.tsx'
import { UserMenu } from './user-menu.tsx'
import { WorkTray } from './work-tray.tsx'

export const TopBar = ({ toggleSidebar, isOpen }: { toggleSidebar: () => void; isOpen?: boolean }) => {
  const { t } = useWords()
  const { side } = useMe()
  return (
    <header className="cd-bar" data-css="topbar">
      {side === 'staff' ? (
        <button
          type="button"
          className="cd-icon-button cd-only-phone"
          aria-label={t('screens.frame.menu')}
          aria-expanded={isOpen ?? false}
          aria-controls="cd-side"
          onClick={toggleSidebar}
        >
          <Icon name="Menu" />
        </button>
      ) : null}
      {side === 'staff' ? (
        <>
          <SearchField />
          <WorkTray />
        </>
      ) : (
        <>
          <PlaceSwitch />
          <span className="cd-grow" />
        </>
      )}
      <Bell />
      <LanguageSwitch />
      <UserMenu />
    </header>
  )
}
