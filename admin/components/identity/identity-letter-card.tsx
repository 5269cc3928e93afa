/** A letter with a code before the office: its paper is made when it is printed, and the code stands on it alone. */

import { recordViewOf, useMe } from '../adminjs-state.ts'
import { rootPath } from '../desk-api.ts'
import { Icon } from '../parts/icon.tsx'
import { Value } from '../parts/value.tsx'
import { FactsColumn } from '../record/facts-column.tsx'
import { RecordHead } from '../record/record-head.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'

const printable = new Set(['ordered', 'printed', 'posted'])
const printers = new Set(['administrator', 'operator'])

export const IdentityLetterCard = ({ resource, record, reload, replace }: RecordScreenProps) => {
  const words = useWords()
  const { role } = useMe()
  const runner = useActionRunner((answer) => {
    if (answer.record) replace(answer.record)
    reload()
  })
  useOnPulse(reload)
  const id = String(record.id)
  const state = String(record.params['state'])
  const section = recordViewOf(resource)?.sections[0]
  const mayPrint = printable.has(state) && printers.has(role)
  return (
    <>
      <RecordHead
        resource={resource}
        record={record}
        title={record.title}
        busy={runner.busy}
        isQuiet={state === 'ordered'}
        onRun={(name) => runner.run({ resourceId: resource.id, name, record })}
      >
        {mayPrint ? (
          // A form of its own window: a PDF that answers a POST is in no history, and reloading it asks first.
          <form method="post" action={`${rootPath()}/letters/${id}`} target="_blank">
            <button
              type="submit"
              className={state === 'ordered' ? 'cd-button cd-button-primary' : 'cd-button'}
              data-testid="print-letter"
            >
              <Icon name="Printer" />
              {words.t(state === 'ordered' ? 'identity.letter.print' : 'identity.letter.print_again')}
            </button>
          </form>
        ) : null}
      </RecordHead>
      <div className="cd-two">
        <div className="cd-stack">
          <section className="cd-card">
            <header className="cd-card-head">
              <h2 className="cd-h3">{words.t('resources.identity-letters.sections.letter')}</h2>
            </header>
            <div className="cd-card-body cd-stack">
              {mayPrint ? <p className="cd-soft">{words.t('identity.letter.about_print')}</p> : null}
              <dl className="cd-fields">
                {(section?.fields ?? [])
                  .filter(({ property }) => record.params[property])
                  .map((field) => (
                    <div key={field.property}>
                      <dt>{words.property(resource.id, field.property)}</dt>
                      <dd>
                        <Value field={field} resourceId={resource.id} record={record} />
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
          </section>
        </div>
        <FactsColumn resourceId={resource.id} recordId={id} params={record.params} />
      </div>
      {runner.dialog}
    </>
  )
}
