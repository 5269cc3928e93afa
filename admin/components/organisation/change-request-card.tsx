/** A client's wish to change its requisites: field by field what is and what should be, and the decision. */

import { recordViewOf, useMe } from '../adminjs-state.ts'
import type { Values } from '../desk-api.ts'
import { partsOf } from '../flat-params.ts'
import { FactsColumn } from '../record/facts-column.tsx'
import { FieldRows } from '../record/field-rows.tsx'
import { RecordHead } from '../record/record-head.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { ChangesTable, type WantedChanges } from './changes-table.tsx'

function wantedBy(params: Values): WantedChanges {
  const wanted: WantedChanges = {}
  for (const [path, value] of partsOf(params, 'changes')) {
    const [property, side] = path.split('.')
    if (!property || (side !== 'before' && side !== 'after')) continue
    wanted[property] = { before: null, after: null, ...wanted[property], [side]: value }
  }
  return wanted
}

export const ChangeRequestCard = ({ resource, record, reload, replace }: RecordScreenProps) => {
  const words = useWords()
  const isClient = useMe().side === 'client'
  const runner = useActionRunner((answer) => {
    if (answer.record) replace(answer.record)
    reload()
  })
  useOnPulse(reload)
  const section = recordViewOf(resource)?.sections[0]
  const organisation = record.populated['organisationId']?.title
  const id = String(record.id)
  return (
    <div className={isClient ? 'cd-cabinet-page' : ''}>
      <RecordHead
        resource={resource}
        record={record}
        title={organisation ?? words.t('cabinet.changes.title')}
        busy={runner.busy}
        onRun={(name) => runner.run({ resourceId: resource.id, name, record })}
      />
      <div className={isClient ? 'cd-stack' : 'cd-two'}>
        <div className="cd-stack">
          <section className="cd-card">
            <header className="cd-card-head">
              <h2 className="cd-h3">{words.t('cabinet.changes.wanted')}</h2>
            </header>
            <div className="cd-card-body">
              <ChangesTable changes={wantedBy(record.params)} />
            </div>
          </section>
          {section ? (
            <section className="cd-card">
              <header className="cd-card-head">
                <h2 className="cd-h3">
                  {words.either([`resources.${resource.id}.sections.${section.key}`], section.key)}
                </h2>
              </header>
              <FieldRows fields={section.fields} resourceId={resource.id} record={record} />
            </section>
          ) : null}
        </div>
        {isClient ? null : <FactsColumn resourceId={resource.id} recordId={id} params={record.params} />}
      </div>
      {runner.dialog}
    </div>
  )
}
