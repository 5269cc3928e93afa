/** What the register answered, in plain words: the organisation, that there is none, or why nobody knows. */

import type { ReactNode } from 'react'
import type { RegisterLookUp, Tone } from '../../desk-types.ts'
import { recordUrl } from '../desk-api.ts'
import { CopyCode } from '../parts/copy-code.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Note } from '../parts/note.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useWords } from '../use-words.ts'

const TONES: Record<string, Tone> = {
  active: 'done',
  reorganising: 'warn',
  liquidating: 'warn',
  bankrupt: 'fail',
  liquidated: 'fail',
}

type Props = { found: RegisterLookUp; children?: ReactNode }

export const FoundOrganisation = ({ found, children }: Props) => {
  const words = useWords()
  const { answer, known } = found
  const source = words.t(`register.sources.${answer.source}`)
  const ours = known.length ? (
    <Note look="warn">
      <p>
        {words.t('register.known')}{' '}
        {known.map(({ id, name }, index) => (
          <span key={id}>
            {index ? ', ' : ''}
            <GoLink href={recordUrl('organisations', id)}>{name}</GoLink>
          </span>
        ))}
      </p>
    </Note>
  ) : null

  if (answer.outcome === 'unavailable') {
    return (
      <>
        {ours}
        <Note look="warn">
          <p>
            <b>{words.t('register.unavailable.title')}</b>
          </p>
          <p>
            {words.t(`register.unavailable.${answer.reason}`)} {words.t('register.unavailable.go_on')}
          </p>
        </Note>
      </>
    )
  }
  const asOf = words.t('register.as_of', { day: words.day(answer.asOf.slice(0, 10)), source })
  if (answer.outcome === 'not-found') {
    return (
      <>
        {ours}
        <Note look="tip">
          <p>
            <b>{words.t('register.not_found')}</b>
          </p>
          <p>
            {words.t('register.not_found_text')} {asOf}
          </p>
        </Note>
      </>
    )
  }
  const { organisation } = answer
  const isAlive = organisation.state === 'active'
  const head = [organisation.headPosition, organisation.headName].filter(Boolean).join(' — ')
  const facts: [string, ReactNode][] = [
    [words.t(`register.tax_id.${organisation.country}`), <CopyCode key="id" value={organisation.taxId} />],
    ['kpp', organisation.kpp ? <CopyCode key="kpp" value={organisation.kpp} /> : null],
    [
      'registrationNumber',
      organisation.registrationNumber ? <CopyCode key="reg" value={organisation.registrationNumber} /> : null,
    ],
    ['okved', organisation.okved],
    ['headName', head],
    ['legalAddress', organisation.address],
  ]
  return (
    <>
      {ours}
      <section className="cd-found" data-testid="register-found" aria-live="polite">
        <div className="cd-found-head">
          <h3 className="cd-h3 cd-grow">{organisation.name}</h3>
          <Badge tone={TONES[organisation.state] ?? 'draft'}>
            {words.t(`register.states.${organisation.state}`)}
          </Badge>
        </div>
        {isAlive ? null : <p className="cd-failed-text">{words.t('register.not_active')}</p>}
        <dl className="cd-found-facts">
          {facts.map(([key, value]) =>
            value ? (
              <div key={key}>
                <dt>
                  {words.has(`resources.organisations.properties.${key}`)
                    ? words.property('organisations', key)
                    : key}
                </dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <p className="cd-muted cd-small">{asOf}</p>
        {children}
      </section>
    </>
  )
}
