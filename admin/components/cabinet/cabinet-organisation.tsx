/** «Данные организации»: the requisites as the office has them, and what was asked to be changed in them. */

import type { CabinetChanges } from '../../cabinet-types.ts'
import { recordViewOf } from '../adminjs-state.ts'
import { desk, recordUrl, type RecordData } from '../desk-api.ts'
import { ChangesTable } from '../organisation/changes-table.tsx'
import { Button } from '../parts/button.tsx'
import { GoLink } from '../parts/go-link.tsx'
import { Icon } from '../parts/icon.tsx'
import { Moment } from '../parts/moment.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { FieldRows } from '../record/field-rows.tsx'
import type { RecordScreenProps } from '../screens/record-screen.tsx'
import { useActionRunner } from '../use-action-runner.tsx'
import { useLoaded } from '../use-desk.ts'
import { useOnPulse } from '../use-live.ts'
import { useWords } from '../use-words.ts'

const TONES = { pending: 'theirs', accepted: 'done', refused: 'fail', withdrawn: 'closed' } as const

const bare = (id: number): RecordData => ({
  id,
  title: '',
  params: {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
})

export const CabinetOrganisation = ({ resource, record, reload }: RecordScreenProps) => {
  const words = useWords()
  const changes = useLoaded('changes', (signal) => desk<CabinetChanges>('changes', {}, signal))
  const again = () => {
    reload()
    changes.reload()
  }
  useOnPulse(again)
  const runner = useActionRunner(again)
  const { requests = [], mayPropose = false, isWaiting = false } = changes.data ?? {}
  return (
    <div className="cd-cabinet-page">
      <div className="cd-head">
        <div className="cd-head-text">
          <h1 className="cd-h1">{words.t('cabinet.nav.organisation')}</h1>
          <p>{words.t(mayPropose ? 'cabinet.organisation.lead' : 'cabinet.organisation.lead_reader')}</p>
        </div>
        {mayPropose && !isWaiting ? (
          <GoLink href={recordUrl(resource.id, record.id, 'edit')} className="cd-button cd-button-primary">
            <Icon name="Edit2" />
            {words.action(resource.id, 'edit')}
          </GoLink>
        ) : null}
      </div>
      <div className="cd-stack">
        {requests.slice(0, 3).map((request) => (
          <section key={request.id} className="cd-card cd-task" data-testid={`change-${request.id}`}>
            <div className="cd-task-head">
              <Badge tone={TONES[request.state]}>
                {words.value('change-requests', 'state', request.state)}
              </Badge>
              <span className="cd-muted cd-small">
                <Moment at={request.decidedAt ?? request.at} />
              </span>
            </div>
            <h2 className="cd-h3">{words.t('cabinet.changes.title')}</h2>
            <ChangesTable changes={request.changes} />
            {request.decisionReason ? (
              <p className="cd-soft">
                {words.t('cabinet.standing.reason', { reason: request.decisionReason })}
              </p>
            ) : null}
            {request.mayWithdraw ? (
              <div className="cd-task-acts">
                <Button
                  isBusy={runner.busy === 'withdraw'}
                  onClick={() =>
                    runner.run({ resourceId: 'change-requests', name: 'withdraw', record: bare(request.id) })
                  }
                >
                  {words.action('change-requests', 'withdraw')}
                </Button>
              </div>
            ) : null}
          </section>
        ))}
        {(recordViewOf(resource)?.sections ?? []).map((section) => (
          <section key={section.key} className="cd-card">
            <header className="cd-card-head">
              <h2 className="cd-h3">
                {words.either([`resources.${resource.id}.sections.${section.key}`], section.key)}
              </h2>
            </header>
            <FieldRows fields={section.fields} resourceId={resource.id} record={record} />
          </section>
        ))}
      </div>
      {runner.dialog}
    </div>
  )
}
