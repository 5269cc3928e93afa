/** The three levels of an account as steps: what is behind, where one stands, what comes next. */

import type { OwnIdentity } from '../../identity-types.ts'
import { Icon } from '../parts/icon.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'

const levels = ['simplified', 'standard', 'confirmed'] as const

export const LevelLadder = ({ own }: { own: OwnIdentity }) => {
  const { t } = useWords()
  const reached = levels.indexOf(own.level)
  return (
    <section className="cd-card" data-testid="level">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{t('identity.level')}</h2>
        <Badge tone={own.level === 'simplified' ? 'draft' : 'done'}>
          {t(`identity.levels.${own.level}`)}
        </Badge>
      </header>
      <ol className="cd-card-body cd-ladder">
        {levels.map((level, index) => (
          <li
            key={level}
            className={index <= reached ? 'cd-ladder-reached' : undefined}
            aria-current={index === reached ? 'step' : undefined}
          >
            <span className="cd-ladder-mark">{index <= reached ? <Icon name="Check" /> : index + 1}</span>
            <div>
              <h3 className="cd-h3">{t(`identity.levels.${level}`)}</h3>
              <p className="cd-soft">{t(`identity.about.${level}`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
