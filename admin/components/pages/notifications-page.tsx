/** By which ways a person is told of what: a line for each kind, a column for each way, kept as soon as it is changed. */

import { useEffect } from 'react'
import type { NotificationChoice, NotificationSettings } from '../../notification-types.ts'
import { useMe } from '../adminjs-state.ts'
import { desk, deskPost } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { NotificationWays } from './notification-ways.tsx'

const QUEUE = 'my-queue'

export const NotificationsPage = () => {
  const words = useWords()
  const { failed } = useNotices()
  const { side } = useMe()
  const { data, failure, reload, replace } = useLoaded('notification-settings', (signal) =>
    desk<NotificationSettings>('notifications/settings', {}, signal),
  )
  useEffect(() => {
    document.title = `${words.t('notifications.settings.title')} · certdesk`
  }, [words])
  const hasSms = data !== undefined && data.sms.hasGateway && data.sms.phone !== null
  const change = (next: NotificationChoice) => {
    if (!data) return
    const choices = data.choices.map((one) => (one.kind === next.kind ? next : one))
    replace({ ...data, choices })
    const { kind, inBell, email } = next
    // What cannot be sent is not wished for any longer.
    const sms = next.sms && hasSms
    deskPost('notifications/settings', { kind, inBell, email, sms }).catch((error: unknown) => {
      reload()
      failed(error)
    })
  }
  return (
    <>
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.t('notifications.settings.title')}</h1>
          <p>{words.t('notifications.settings.lead')}</p>
        </div>
      </div>
      {failure && !data ? (
        <section className="cd-card">
          <FailurePlace failure={failure} onRetry={reload} />
        </section>
      ) : !data ? (
        <SkeletonCard lines={12} />
      ) : data.choices.length === 0 ? (
        <section className="cd-card cd-choices">
          <EmptyPlace
            icon="Bell"
            title={words.t('notifications.settings.nothing')}
            text={words.t('notifications.settings.nothing_text')}
          />
        </section>
      ) : (
        <section className={hasSms ? 'cd-card cd-choices cd-choices-sms' : 'cd-card cd-choices'}>
          <NotificationWays {...data} side={side} />
          <div className="cd-choice cd-choice-head" aria-hidden>
            <span>{words.t('notifications.settings.kind')}</span>
            <span>{words.t('notifications.settings.in_bell')}</span>
            <span>{words.t('notifications.settings.email')}</span>
            {hasSms ? <span>{words.t('notifications.settings.sms')}</span> : null}
          </div>
          <ul>
            {data.choices.map((choice) => (
              <Choice key={choice.kind} choice={choice} hasSms={hasSms} onChange={change} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const WISHES = ['off', 'now', 'digest'] as const

const Choice = ({
  choice,
  hasSms,
  onChange,
}: {
  choice: NotificationChoice
  hasSms: boolean
  onChange: (next: NotificationChoice) => void
}) => {
  const words = useWords()
  const { kind, inBell, email, sms } = choice
  const name = words.t(`notifications.kinds.${kind}.name`)
  const isQueue = kind === QUEUE
  const wishes = isQueue ? (['off', 'digest'] as const) : WISHES
  return (
    <li className="cd-choice" data-testid={`choice-${kind}`}>
      <div>
        <p className="cd-choice-name">{name}</p>
        <p className="cd-muted cd-small">{words.t(`notifications.kinds.${kind}.about`)}</p>
      </div>
      <div className={isQueue ? 'cd-not-phone' : undefined}>
        {isQueue ? null : (
          <Way
            of={name}
            way="in_bell"
            isOn={inBell}
            onTurn={() => onChange({ ...choice, inBell: !inBell })}
          />
        )}
      </div>
      <div>
        <span className="cd-only-phone-text cd-muted cd-small" aria-hidden>
          {words.t('notifications.settings.email')}
        </span>
        <select
          className="cd-input"
          value={email}
          aria-label={`${name}: ${words.t('notifications.settings.email')}`}
          onChange={({ target }) =>
            onChange({ ...choice, email: target.value as NotificationChoice['email'] })
          }
        >
          {wishes.map((wish) => (
            <option key={wish} value={wish}>
              {words.t(`notifications.settings.email_wish.${isQueue && wish === 'digest' ? 'daily' : wish}`)}
            </option>
          ))}
        </select>
      </div>
      {hasSms && !isQueue ? (
        <div>
          <Way of={name} way="sms" isOn={sms} onTurn={() => onChange({ ...choice, sms: !sms })} />
        </div>
      ) : null}
    </li>
  )
}

type WayProps = { of: string; way: 'in_bell' | 'sms'; isOn: boolean; onTurn: () => void }

const Way = ({ of, way, isOn, onTurn }: WayProps) => {
  const { t } = useWords()
  const name = t(`notifications.settings.${way}`)
  return (
    <label className="cd-choice-tick">
      <input
        type="checkbox"
        className="cd-check"
        checked={isOn}
        aria-label={`${of}: ${name}`}
        onChange={onTurn}
      />
      <span className="cd-only-phone-text">{name}</span>
    </label>
  )
}
