/** Above the choices: where letters and text messages go, whether they arrive, and why there are none. */

import type { NotificationSettings } from '../../notification-types.ts'
import { pageUrl } from '../desk-api.ts'
import { FailingAddress } from '../parts/failing-address.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { useWords } from '../use-words.ts'

type Props = Pick<NotificationSettings, 'email' | 'emailFailing' | 'sms'> & { side: 'staff' | 'client' }

export const NotificationWays = ({ email, emailFailing, sms, side }: Props) => {
  const { t, phone, moment } = useWords()
  const { failing } = sms
  return (
    <div className="cd-choices-ways cd-muted cd-small">
      <p>
        {email ? t('notifications.settings.address', { email }) : t('notifications.settings.no_address')}
        <FailingAddress failing={emailFailing} />
      </p>
      {!sms.hasGateway ? (
        <p>{t('notifications.settings.no_gateway')}</p>
      ) : sms.phone === null ? (
        <p data-testid="no-phone">
          {t('notifications.settings.no_phone')}{' '}
          <GoLink href={`${pageUrl('profile')}?tab=${side === 'client' ? 'identity' : 'person'}`}>
            {t('notifications.settings.confirm_phone')}
          </GoLink>
        </p>
      ) : (
        <p>
          {t('notifications.settings.phone', { phone: phone(sms.phone) })}
          {failing ? (
            <span className="cd-failed-text cd-small cd-failing-address" data-testid="sms-failing">
              {t(failing.isCertain ? 'notifications.sms_failing' : 'notifications.sms_uncertain', {
                since: moment(failing.since),
                reason: t(`errors.${failing.code}`),
              })}
            </span>
          ) : null}
        </p>
      )}
    </div>
  )
}
