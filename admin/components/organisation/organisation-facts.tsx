/** The right column of an organisation: short facts and the last events. */

import type { OrganisationCard as Card } from '../../desk-types.ts'
import { LastEvents } from '../record/facts-column.tsx'
import { FailingAddress } from '../parts/failing-address.tsx'
import { useWords } from '../use-words.ts'

export const OrganisationFacts = ({ card }: { card: Card }) => {
  const words = useWords()
  const { head, phone, email, emailFailing, debt } = card.facts
  const owed = debt.filter(({ minor }) => minor > 0)
  return (
    <aside className="cd-stack">
      <section className="cd-card">
        <header className="cd-card-head">
          <h2 className="cd-h3">{words.t('screens.organisation.facts')}</h2>
        </header>
        <dl className="cd-card-body cd-facts">
          <dt>{words.t('screens.organisation.head')}</dt>
          <dd>{head ?? '—'}</dd>
          <dt>{words.t('screens.organisation.phone')}</dt>
          <dd className="cd-code">
            {phone ? <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{words.phone(phone)}</a> : '—'}
          </dd>
          <dt>{words.t('screens.organisation.email')}</dt>
          <dd>
            {email ? <a href={`mailto:${email}`}>{email}</a> : '—'}
            <FailingAddress failing={emailFailing} />
          </dd>
          <dt>{words.t('screens.organisation.debt')}</dt>
          <dd className="cd-code">
            {owed.length ? words.sums(owed) : words.t('screens.organisation.no_debt')}
          </dd>
        </dl>
      </section>
      <LastEvents entries={card.history} isLoading={false} />
    </aside>
  )
}
