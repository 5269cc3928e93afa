/** Whom a new message of the office is for; what it is about besides the client is written from its own page. */

import { useId } from 'react'
import { ReferenceField } from '../form/reference-field.tsx'
import { useGo } from '../use-go.ts'
import { useWords } from '../use-words.ts'
import { NewThreadFrame } from './new-thread-frame.tsx'
import { writeUrl } from './thread-address.ts'

export const ChooseClientView = ({ backHref }: { backHref: string }) => {
  const { t } = useWords()
  const go = useGo()
  const id = useId()
  return (
    <NewThreadFrame backHref={backHref}>
      <div className="cd-conversation-body cd-conversation-whom">
        <label htmlFor={id} className="cd-label">
          {t('threads.new.to')}
        </label>
        <ReferenceField
          id={id}
          resourceId="organisations"
          value=""
          label={t('threads.new.whom')}
          isFocused
          describedBy={`${id}-hint`}
          onChange={(organisationId) =>
            organisationId && go(writeUrl({ kind: 'organisation', id: Number(organisationId) }))
          }
        />
        <p id={`${id}-hint`} className="cd-hint">
          {t('threads.new.whom_hint')}
        </p>
      </div>
    </NewThreadFrame>
  )
}
