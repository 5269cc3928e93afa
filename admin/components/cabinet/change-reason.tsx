/** Why a client wants its requisites changed: what the office reads beside the new values. */

import { FieldInput } from '../form/field-input.tsx'
import type { FormParts } from '../form/record-form.tsx'
import { useWords } from '../use-words.ts'

export const ChangeReason = ({ values, set }: FormParts) => {
  const words = useWords()
  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2">{words.t('cabinet.changes.reason_title')}</h2>
      </header>
      <div className="cd-card-body cd-form-grid">
        <FieldInput
          id="cd-field-reason"
          value={values['reason']}
          onChange={(value) => set('reason', value)}
          spec={{
            name: 'reason',
            as: 'long',
            label: words.t('cabinet.changes.reason'),
            hint: words.t('cabinet.changes.reason_hint'),
            maxLength: 2000,
          }}
        />
      </div>
    </section>
  )
}
