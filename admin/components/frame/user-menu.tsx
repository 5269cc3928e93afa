/** Who is signed in, and the way out; signing out is a form, so that no link can do it. */

import { useRef } from 'react'
import { useMe } from '../adminjs-state.ts'
import { logoutPath, pageUrl, rootPath } from '../desk-api.ts'
import { initials } from '../format.ts'
import { Menu } from '../parts/menu.tsx'
import { mayLeave, setLeaveGuard, useGo } from '../use-go.ts'
import { useOtherLanguage } from '../use-other-language.ts'
import { useWords } from '../use-words.ts'

export const UserMenu = () => {
  const { t } = useWords()
  const me = useMe()
  const switchLanguage = useOtherLanguage()
  const go = useGo()
  const form = useRef<HTMLFormElement>(null)
  const leave = async () => {
    if (!(await mayLeave())) return
    setLeaveGuard(null)
    form.current?.submit()
  }
  /** The choice of an organisation is a page of the server's: what is open here belongs to the old one. */
  const away = async () => {
    if (!(await mayLeave())) return
    setLeaveGuard(null)
    location.assign(`${rootPath()}/place`)
  }
  return (
    <>
      <Menu
        label={t('screens.frame.me', { name: me.name })}
        className="cd-me"
        isEnd
        testId="user-menu"
        header={
          <div className="cd-work">
            <p className="cd-h3">{me.name}</p>
            <p className="cd-muted">{me.email}</p>
            <p className="cd-muted">
              {t(`screens.roles.${me.role}`)}
              {me.organisation ? ` · ${me.organisation.name}` : me.office ? ` · ${me.office}` : ''}
            </p>
            <div className="cd-menu-line" />
          </div>
        }
        items={[
          {
            key: 'profile',
            icon: 'User',
            text: t('profile.title'),
            onPick: () => go(pageUrl('profile')),
          },
          ...(me.places > 1
            ? [
                {
                  key: 'place',
                  icon: 'Repeat',
                  text: t('screens.frame.other_place'),
                  onPick: () => void away(),
                },
              ]
            : []),
          {
            key: 'language',
            icon: 'Globe',
            text: t('screens.frame.other_language'),
            onPick: switchLanguage,
          },
          {
            key: 'notifications',
            icon: 'Bell',
            text: t('notifications.settings.title'),
            onPick: () => go(pageUrl('notifications')),
          },
          { key: 'sign-out', icon: 'LogOut', text: t('screens.frame.sign_out'), onPick: () => void leave() },
        ]}
      >
        <span className="cd-face" aria-hidden>
          {initials(me.name)}
        </span>
        <span className="cd-not-phone">{me.name}</span>
        <span className="cd-hidden">{t('screens.frame.me', { name: me.name })}</span>
      </Menu>
      <form ref={form} method="post" action={logoutPath()} hidden />
    </>
  )
}
