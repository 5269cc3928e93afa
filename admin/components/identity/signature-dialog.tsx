/** Signing by one's own means: a statement is downloaded, signed elsewhere, and its signature comes back as a file. */

import { useState, type FormEvent } from 'react'
import { deskUrl, signStatement } from '../desk-api.ts'
import { FieldInput } from '../form/field-input.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'

type Props = { subject: 'identity' | 'registration'; onClose: () => void; onSigned: () => void }

export const SignatureDialog = ({ subject, onClose, onSigned }: Props) => {
  const { t, fault } = useWords()
  const { say, failed } = useNotices()
  const [file, setFile] = useState<File | null>(null)
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!file) return setWrong(fault('required'))
    setBusy(true)
    try {
      const { refusal } = await signStatement(subject, file)
      if (refusal) setWrong(fault(refusal.code, refusal.params))
      else {
        say('success', `identity.signature.done.${subject}`)
        return onSigned()
      }
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }
  return (
    <FormDialog
      title={t('identity.signature.title')}
      send={t('identity.signature.send')}
      testId="send-signature"
      isBusy={isBusy}
      noValidate
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="cd-soft">{t('identity.signature.text')}</p>
      <div className="cd-row">
        <a className="cd-button" href={deskUrl(`profile/signature/${subject}`)} download>
          <Icon name="Download" />
          {t('identity.signature.statement')}
        </a>
      </div>
      <FieldInput
        id="cd-signature-file"
        spec={{ name: 'signature', as: 'file', label: t('identity.signature.file'), isRequired: true }}
        value={file}
        fault={wrong}
        onChange={(value) => {
          setWrong(undefined)
          setFile(value instanceof File ? value : null)
        }}
      />
    </FormDialog>
  )
}
