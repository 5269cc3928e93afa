/** By which ways a person is told of what: a line for each kind, a column for each way, kept as soon as it is changed. */

import { useEffect } from 'react'
import type { NotificationChoice, NotificationSettings } from '../../desk-types.ts'
import { desk, deskPost } from '../desk-api.ts'
import { FailurePlace } from '../parts/failure-place.tsx'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { FailingAddress } from '../parts/failing-address.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { useLoaded } from '../use-desk.ts'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

const QUEUE = 'my-queue'

export const NotificationsPage = () => {
  const words = useWords()
  const { failed } = useNotices()
  const { data, failure, reload, replace } = useLoaded('notification-settings', (signal) =>
    desk<NotificationSettings>('notifications/settings', {}, signal),
  )
  useEffect(() => {
    document.title = `${words.t('notifications.settings.title')} · certdesk`
  }, [words])
  const change = (next: NotificationChoice) => {
    if (!data) return
    const choices = data.choices.map((one) => (one.kind === next.kind ? next : one))
    replace({ ...data, choices })
    const { kind, inBell, email, sms } = next
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
        <section className="cd-card cd-choices">
          <div className="cd-choice cd-choice-head" aria-hidden>
            <span>{words.t('notifications.settings.kind')}</span>
            <span>{words.t('notifications.settings.in_bell')}</span>
            <span>{words.t('notifications.settings.email')}</span>
          </div>
          <ul>
            {data.choices.map((choice) => (
              <Choice key={choice.kind} choice={choice} onChange={change} />
            ))}
          </ul>
          <p className="cd-choices-foot cd-muted cd-small">
            {data.email
              ? words.t('notifications.settings.address', { email: data.email })
              : words.t('notifications.settings.no_address')}
            <FailingAddress failing={data.emailFailing} />
          </p>
        </section>
      )}
    </>
  )
}

const WISHES = ['off', 'now', 'digest'] as const

const Choice = ({
  choice,
  onChange,
}: {
  choice: NotificationChoice
  onChange: (next: NotificationChoice) => void
}) => {
  const words = useWords()
  const { kind, inBell, email } = choice
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
          <label className="cd-choice-tick">
            <input
              type="checkbox"
              className="cd-check"
              checked={inBell}
              aria-label={`${name}: ${words.t('notifications.settings.in_bell')}`}
              onChange={() => onChange({ ...choice, inBell: !inBell })}
            />
            <span className="cd-only-phone-text">{words.t('notifications.settings.in_bell')}</span>
          </label>
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
    </li>
  )
}
