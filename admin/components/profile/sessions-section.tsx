/** Where one is signed in, and the way to end what is not one's own doing any more. */

import { useState } from 'react'
import type { Profile, ProfileSession } from '../../profile-types.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Moment } from '../parts/moment.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import type { Change } from './use-change.tsx'

type Props = { profile: Profile; change: Change; onChanged: () => void }

const isPhone = (device: string | null) => /iOS|Android/.test(device ?? '')

export const SessionsSection = ({ profile, change, onChanged }: Props) => {
  const { t } = useWords()
  const { say } = useNotices()
  const [busy, setBusy] = useState<string | null>(null)
  const end = async (key: string, what: string) => {
    setBusy(key)
    const answer = await change(`sessions/${key}/end`)
    setBusy(null)
    if (!answer) return
    if (answer.refusal) say('error', answer.refusal.code, answer.refusal.params)
    else say('success', what)
    onChanged()
  }
  const line = ({ id, device, address, way, signedInAt, seenAt, isThis }: ProfileSession) => (
    <li key={id} className="cd-row" data-session={id}>
      <Icon name={isPhone(device) ? 'Smartphone' : 'Monitor'} />
      <div className="cd-grow">
        <p className="cd-h3">{device ?? t('profile.sessions.unknown_device')}</p>
        <p className="cd-muted cd-small">
          {address ? <span className="cd-code">{address}</span> : null}
          {way ? ` · ${t(`profile.sessions.by.${way}`)}` : ''}
        </p>
        <p className="cd-muted cd-small">
          {signedInAt ? (
            <>
              {t('profile.sessions.since')} <Moment at={signedInAt} />
            </>
          ) : null}
          {seenAt && !isThis ? (
            <>
              {' · '}
              {t('profile.sessions.seen')} <Moment at={seenAt} />
            </>
          ) : null}
        </p>
      </div>
      {isThis ? (
        <Badge tone="done">{t('profile.sessions.this')}</Badge>
      ) : (
        <Button
          isSmall
          isBusy={busy === String(id)}
          onClick={() => void end(String(id), 'profile.sessions.ended')}
        >
          {t('profile.sessions.end')}
        </Button>
      )}
    </li>
  )
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{t('profile.sessions.title')}</h2>
        {profile.sessions.length > 1 ? (
          <Button
            isSmall
            isBusy={busy === 'others'}
            testId="end-others"
            onClick={() => void end('others', 'profile.sessions.others_ended')}
          >
            {t('profile.sessions.end_others')}
          </Button>
        ) : null}
      </header>
      <div className="cd-card-body">
        <ul className="cd-rows">{profile.sessions.map(line)}</ul>
      </div>
    </section>
  )
}
