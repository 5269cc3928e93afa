/** The requisites of an organisation, each wrong one with what is wrong, and why they were accepted all the same. */

import type { OrganisationCard as Card } from '../../desk-types.ts'
import { recordViewOf, type ResourceData } from '../adminjs-state.ts'
import { recordUrl, type RecordData } from '../desk-api.ts'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { Value } from '../parts/value.tsx'
import { RelatedList } from '../record/related-list.tsx'
import { useWords } from '../use-words.ts'

export const RequisitesTab = ({
  resource,
  record,
  card,
}: {
  resource: ResourceData
  record: RecordData
  card: Card
}) => {
  const words = useWords()
  const view = recordViewOf(resource)
  const faults = Object.keys(card.faults)
  const mayEdit = record.recordActions.some(({ name }) => name === 'edit')
  const sections = view?.sections ?? []
  return (
    <div className="cd-stack">
      {faults.length && !card.override ? (
        <Note
          look="warn"
          actions={
            mayEdit ? (
              <GoLink href={recordUrl(resource.id, record.id, 'edit')} className="cd-button cd-button-small">
                {words.t('screens.organisation.fix_requisites')}
              </GoLink>
            ) : null
          }
        >
          <p>
            <b>{words.t('screens.organisation.wrong_requisites', { count: faults.length })}</b>
          </p>
          <p>{faults.map((property) => words.property(resource.id, property)).join(', ')}</p>
        </Note>
      ) : null}
      {card.override ? (
        <Note look="warn">
          <p>
            <b>{words.t('screens.organisation.overridden')}</b>
          </p>
          <p>
            {words.t('screens.organisation.overridden_by', {
              by: card.override.by,
              at: words.moment(card.override.at),
              reason: card.override.reason,
            })}
          </p>
        </Note>
      ) : null}
      {sections.map((section) => (
        <section key={section.key} className="cd-card">
          <header className="cd-card-head">
            <h2 className="cd-h3">
              {words.either(
                [`resources.${resource.id}.sections.${section.key}`],
                words.t('screens.record.main'),
              )}
            </h2>
          </header>
          <dl className="cd-card-body cd-fields">
            {section.fields.map((field) => {
              const fault = card.faults[field.property]
              return (
                <div key={field.property} className={field.as === 'long' ? 'cd-field-wide' : undefined}>
                  <dt>{words.property(resource.id, field.property)}</dt>
                  <dd>
                    <Value field={field} resourceId={resource.id} record={record} />
                    {fault ? (
                      <p className="cd-fault">
                        <Icon name="AlertTriangle" />
                        {words.fault(fault.code, fault.params)}
                      </p>
                    ) : null}
                  </dd>
                </div>
              )
            })}
          </dl>
        </section>
      ))}
      <RelatedList resourceId="bank-accounts" foreignKey="organisationId" recordId={String(record.id)} />
    </div>
  )
}
