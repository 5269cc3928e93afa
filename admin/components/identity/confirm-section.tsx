/** «Подтверждение вашей личности»: the ways there are, and for the one there is not yet, why. */

import type { OwnIdentity } from '../../identity-types.ts'
import { Icon } from '../parts/icon.tsx'
import { Badge } from '../parts/state-badge.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useWords } from '../use-words.ts'
import { LetterWay } from './letter-way.tsx'

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
  const way = (key: 'centre' | 'signature', icon: string) => (
    <li key={key}>
      <Icon name={icon} />
      <div>
        <h3 className="cd-h3">{t(`identity.confirm.${key}`)}</h3>
        <p className="cd-soft">{t(`identity.confirm.${key}_text`)}</p>
      </div>
    </li>
  )
  return (
    <section className="cd-card" data-testid="confirmation">
      <header className="cd-card-head">
        <h2 className="cd-h2">{t('identity.confirm.title')}</h2>
      </header>
      <ul className="cd-card-body cd-ways">
        {way('centre', 'MapPin')}
        <LetterWay own={own} change={change} onChanged={onChanged} />
        {way('signature', 'Key')}
      </ul>
    </section>
  )
}
