/** Asks why papers have to be read in full; the answer goes into the journal before anything is shown. */

import { useState, type FormEvent } from 'react'
import type { PaperFacts } from '../../identity-types.ts'
import { deskPost, RequestFailed } from '../desk-api.ts'
import { FieldInput } from '../form/field-input.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

type Props = { identityId: string; onClose: () => void; onRevealed: (facts: PaperFacts) => void }

export const RevealDialog = ({ identityId, onClose, onRevealed }: Props) => {
  const { t, fault } = useWords()
  const { failed } = useNotices()
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      onRevealed(await deskPost<PaperFacts>(`identities/${identityId}/reveal`, { reason }))
    } catch (error) {
      const said = error instanceof RequestFailed ? error.said?.fields?.['reason'] : undefined
      if (said) setWrong(fault(said.code, said.params))
      else failed(error)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('identity.reveal.title')}
      send={t('identity.reveal.submit')}
      testId="confirm-reveal"
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="cd-soft">{t('identity.reveal.text')}</p>
      <FieldInput
        id="cd-reveal-reason"
        isFirst
        spec={{
          name: 'reason',
          as: 'long',
          label: t('identity.reveal.reason'),
          isRequired: true,
          maxLength: 500,
        }}
        value={reason}
        fault={wrong}
        onChange={(value) => {
          setWrong(undefined)
          setReason(String(value ?? ''))
        }}
      />
    </FormDialog>
  )
}
