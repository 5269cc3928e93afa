/** The papers of a person before the office: masked until there is a reason, what was found, and the next step. */

import { useEffect, useState } from 'react'
import type { IdentitySheet, PaperFacts } from '../../identity-types.ts'
import { recordViewOf } from '../adminjs-state.ts'
import { desk, fileUrl } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { FailurePlace } from '../parts/failure-place.tsx'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { SkeletonCard } from '../parts/skeleton.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { FactsColumn } from '../record/facts-column.tsx'
import { FieldRows } from '../record/field-rows.tsx'
import { RecordHead } from '../record/record-head.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'
import { PaperFields } from './paper-fields.tsx'
import { RevealDialog } from './reveal-dialog.tsx'

/** Long enough to compare, short enough for a screen that was left open. */
const SHOWN_MS = 120_000

export const IdentityCard = ({ resource, record, reload, replace }: RecordScreenProps) => {
  const words = useWords()
  const { t } = words
  const id = String(record.id)
  const version = String(record.params['version'] ?? '')
  const {
    data,
    failure,
    reload: again,
  } = useLoaded(`identity/${id}/${version}`, (signal) => desk<IdentitySheet>(`identities/${id}`, {}, signal))
  const [isAsking, setAsking] = useState(false)
  const [full, setFull] = useState<PaperFacts | null>(null)
  // The trail has one event more than the version tells.
  const [looks, setLooks] = useState(0)
  const runner = useActionRunner((answer) => {
    if (answer.record) replace(answer.record)
    setFull(null)
    reload()
  })
  useOnPulse(reload)
  useEffect(() => {
    if (!full) return
    const hide = setTimeout(() => setFull(null), SHOWN_MS)
    return () => clearTimeout(hide)
  }, [full])
  const { surname, name, patronymic } = record.params as Record<string, string | null>
  const sections = recordViewOf(resource)?.sections ?? []
  const isFilled = (property: string) => Boolean(record.params[property])
  return (
    <>
      <RecordHead
        resource={resource}
        record={record}
        title={[surname, name, patronymic].filter(Boolean).join(' ')}
        busy={runner.busy}
        onRun={(action) => runner.run({ resourceId: resource.id, name: action, record })}
      />
      <div className="cd-two">
        <div className="cd-stack">
          {failure ? (
            <section className="cd-card">
              <FailurePlace failure={failure} onRetry={again} />
            </section>
          ) : data ? (
            <>
              {data.isNumberTaken && record.params['state'] === 'waiting' ? (
                <Note look="error">
                  <p>{t('identity.taken')}</p>
                </Note>
              ) : null}
              <section className="cd-card" data-testid="papers">
                <header className="cd-card-head">
                  <h2 className="cd-h3 cd-grow">{t('identity.papers')}</h2>
                  {full ? (
                    <Button isSmall icon="EyeOff" onClick={() => setFull(null)}>
                      {t('identity.reveal.hide')}
                    </Button>
                  ) : data.mayReveal ? (
                    <Button isSmall icon="Eye" testId="reveal" onClick={() => setAsking(true)}>
                      {t('identity.reveal.open')}
                    </Button>
                  ) : null}
                </header>
                <div className="cd-card-body">
                  <PaperFields facts={full ?? data.facts} />
                </div>
              </section>
              <section className="cd-card">
                <header className="cd-card-head">
                  <h2 className="cd-h3 cd-grow">{t('identity.account')}</h2>
                  <Badge tone={data.level === 'simplified' ? 'draft' : 'done'}>
                    {t(`identity.levels.${data.level}`)}
                  </Badge>
                </header>
                <dl className="cd-card-body cd-fields">
                  <div>
                    <dt>{t('identity.email')}</dt>
                    <dd>{data.email}</dd>
                  </div>
                  {data.phone ? (
                    <div>
                      <dt>{t('identity.phone')}</dt>
                      <dd>{words.phone(data.phone)}</dd>
                    </div>
                  ) : null}
                </dl>
              </section>
            </>
          ) : (
            <SkeletonCard lines={8} />
          )}
          {sections
            .filter(({ fields }) => fields.some(({ property }) => isFilled(property)))
            .map((section) => (
              <section key={section.key} className="cd-card">
                <header className="cd-card-head">
                  <h2 className="cd-h3 cd-grow">{t(`resources.identities.sections.${section.key}`)}</h2>
                  {data?.files[section.key as keyof IdentitySheet['files']] ? (
                    <a
                      className="cd-button cd-button-small"
                      href={fileUrl(`identity-${section.key}`, id, true)}
                      target="_blank"
                      rel="noreferrer"
                    >
                      <Icon name="Paperclip" />
                      {t('identity.evidence')}
                    </a>
                  ) : null}
                </header>
                <FieldRows
                  fields={section.fields.filter(({ property }) => isFilled(property))}
                  resourceId={resource.id}
                  record={record}
                />
              </section>
            ))}
        </div>
        <FactsColumn key={looks} resourceId={resource.id} recordId={id} params={record.params} />
      </div>
      {isAsking ? (
        <RevealDialog
          identityId={id}
          onClose={() => setAsking(false)}
          onRevealed={(facts) => {
            setAsking(false)
            setFull(facts)
            setLooks((number) => number + 1)
          }}
        />
      ) : null}
      {runner.dialog}
    </>
  )
}
