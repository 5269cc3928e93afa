/** «Подтверждение вашей личности»: the ways there are, and for a signature nobody could verify, why not. */

import type { OwnIdentity } from '../../identity-types.ts'
import { Icon } from '../parts/icon.tsx'
import { Badge } from '../parts/state-badge.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useWords } from '../use-words.ts'
import { LetterWay } from './letter-way.tsx'
import { SignButton } from './sign-button.tsx'

type Props = { own: OwnIdentity; change: Change; onChanged: () => void }

export const ConfirmSection = ({ own, change, onChanged }: Props) => {
  const { t, moment } = useWords()
  const { papers } = own
  if (papers?.confirmedAt && papers.confirmedWay)
    return (
      <section className="cd-card" data-testid="confirmation">
        <header className="cd-card-head">
          <h2 className="cd-h2 cd-grow">{t('identity.confirm.title')}</h2>
          <Badge tone="done">{t('identity.confirm.done')}</Badge>
        </header>
        <p className="cd-card-body cd-soft">
          {t(`identity.confirm.by.${papers.confirmedWay}`, { when: moment(papers.confirmedAt) })}
        </p>
      </section>
    )
  return (
    <section className="cd-card" data-testid="confirmation">
      <header className="cd-card-head">
        <h2 className="cd-h2">{t('identity.confirm.title')}</h2>
      </header>
      <ul className="cd-card-body cd-ways">
        <li>
          <Icon name="MapPin" />
          <div>
            <h3 className="cd-h3">{t('identity.confirm.centre')}</h3>
            <p className="cd-soft">{t('identity.confirm.centre_text')}</p>
          </div>
        </li>
        <LetterWay own={own} change={change} onChanged={onChanged} />
        <li data-testid="signature-way">
          <Icon name="Key" />
          <div className="cd-stack">
            <div>
              <h3 className="cd-h3">{t('identity.confirm.signature')}</h3>
              <p className="cd-soft">
                {t(own.maySign ? 'identity.signature.lead' : 'identity.confirm.signature_text')}
              </p>
            </div>
            {own.maySign ? <SignButton subject="identity" onSigned={onChanged} /> : null}
          </div>
        </li>
      </ul>
    </section>
  )
}
