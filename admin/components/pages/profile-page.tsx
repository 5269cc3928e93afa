/** One's own account: who one is, one's organisation, the password, and everything else that opens the door. */

import { useEffect } from 'react'
import { useSearchParams } from 'react-router-dom'
import type { Profile } from '../../profile-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { ContactCard } from '../profile/contact-card.tsx'
import { FactorSection } from '../profile/factor-section.tsx'
import { IdentityTab } from '../identity/identity-tab.tsx'
import { OrganisationTab } from '../profile/organisation-tab.tsx'
import { PasskeysSection } from '../profile/passkeys-section.tsx'
import { PasswordTab } from '../profile/password-tab.tsx'
import { PersonTab } from '../profile/person-tab.tsx'
import { SessionsSection } from '../profile/sessions-section.tsx'
import { useChange } from '../profile/use-change.tsx'
import { useLoaded } from '../use-desk.ts'
import { useWords } from '../use-words.ts'

export const ProfilePage = () => {
  const { t } = useWords()
  const { side } = useMe()
  const [search, setSearch] = useSearchParams()
  const { data, failure, reload } = useLoaded('profile', (signal) => desk<Profile>('profile', {}, signal))
  const { change, proof } = useChange()
  useEffect(() => {
    document.title = `${t('profile.title')} · certdesk`
  }, [t])
  const keys = ['person', ...(side === 'client' ? ['identity', 'organisation'] : []), 'password', 'security']
  const open = keys.find((key) => key === search.get('tab')) ?? 'person'
  const parts = data ? { profile: data, change, onChanged: reload } : null
  return (
    <>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{t('profile.title')}</h1>
          <p>{data ? `${data.person.name} ${data.person.surname}` : '\u00a0'}</p>
        </div>
      </div>
      <Tabs
        tabs={keys.map((key) => ({ key, text: t(`profile.tabs.${key}`) }))}
        open={open}
        onOpen={(key) => setSearch({ tab: key }, { replace: true })}
        label={t('profile.title')}
      />
      <div id="cd-tab-panel" role="tabpanel" aria-labelledby={`cd-tab-${open}`} className="cd-stack cd-form">
        {failure ? (
          <section className="cd-card">
            <FailurePlace failure={failure} onRetry={reload} />
          </section>
        ) : !parts ? (
          <SkeletonCard lines={8} />
        ) : open === 'person' ? (
          <>
            <PersonTab {...parts} />
            {side === 'staff' ? <ContactCard change={change} /> : null}
          </>
        ) : open === 'identity' ? (
          <IdentityTab change={change} onChanged={reload} />
        ) : open === 'organisation' ? (
          <OrganisationTab organisation={parts.profile.organisation} />
        ) : open === 'password' ? (
          <PasswordTab {...parts} />
        ) : (
          <>
            <FactorSection {...parts} />
            <PasskeysSection {...parts} />
            <SessionsSection {...parts} />
          </>
        )}
      </div>
      {proof}
    </>
  )
}
