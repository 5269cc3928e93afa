/** The organisation a client acts for, as the office knows it. */

import type { ProfileOrganisation } from '../../profile-types.ts'
import { EmptyPlace } from '../parts/empty-place.tsx'
import { useWords } from '../use-words.ts'

export const OrganisationTab = ({ organisation }: { organisation: ProfileOrganisation | null }) => {
  const { t, property, phone } = useWords()
  return (
    <section className="cd-card">
      {organisation ? (
        <>
          <header className="cd-card-head">
            <h2 className="cd-h2">{organisation.name}</h2>
          </header>
          <div className="cd-card-body">
            <dl className="cd-fields">
              {organisation.facts.map(({ key, value }) => (
                <div key={key}>
                  <dt>{property('organisations', key)}</dt>
                  <dd>{key === 'phone' ? phone(value) : value}</dd>
                </div>
              ))}
            </dl>
          </div>
        </>
      ) : (
        <EmptyPlace
          icon="Briefcase"
          title={t('profile.organisation.none')}
          text={t('profile.organisation.none_text')}
        />
      )}
    </section>
  )
}
