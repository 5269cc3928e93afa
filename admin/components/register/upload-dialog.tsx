/** Choosing a file of a public register: whose it is, what day it vouches for, and how much of it has gone up. */

import { useState } from 'react'
import { FieldInput } from '../form/field-input.tsx'
import { RequestFailed, uploadFile } from '../desk-api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Note } from '../parts/note.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { useWords } from '../use-words.ts'

type Props = { onClose: () => void; onDone: (importId: number) => void }

export const UploadDialog = ({ onClose, onDone }: Props) => {
  const words = useWords()
  const [country, setCountry] = useState('RU')
  const [asOf, setAsOf] = useState(new Date().toISOString().slice(0, 10))
  const [file, setFile] = useState<File | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  const send = async () => {
    if (!file) return setFault(words.t('register.upload.choose_file'))
    setFault(null)
    setShare(0)
    try {
      const answer = (await uploadFile('/desk/register/imports', file, setShare, { country, asOf })) as {
        id: number
      }
      onDone(answer.id)
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      const { said } = error
      const field = said?.fields && Object.values(said.fields)[0]
      const code = field?.code ?? said?.code
      setFault(
        code ? words.fault(code, (field ?? said)?.params ?? {}) : words.t(`screens.failure.${error.code}`),
      )
      setShare(null)
    }
  }
  return (
    <Dialog
      title={words.t('register.upload.title')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{words.t('screens.cancel')}</Button>
          <Button look="primary" isBusy={share !== null} onClick={() => void send()} testId="register-upload">
            {words.t('register.upload.send')}
          </Button>
        </>
      }
    >
      <div className="cd-stack">
        <p className="cd-soft">{words.t('register.upload.about')}</p>
        {fault ? (
          <Note look="error" isAlert>
            <p>{fault}</p>
          </Note>
        ) : null}
        <FieldInput
          id="cd-register-file"
          spec={{ name: 'file', as: 'file', label: words.t('register.upload.file'), isRequired: true }}
          value={file}
          onChange={(value) => setFile(value instanceof File ? value : null)}
        />
        <FieldInput
          id="cd-register-upload-country"
          spec={{
            name: 'country',
            as: 'choice',
            label: words.t('register.upload.country'),
            isRequired: true,
            options: ['RU', 'KZ', 'BY'].map((value) => ({
              value,
              text: words.value('organisations', 'country', value),
            })),
          }}
          value={country}
          onChange={(value) => setCountry(String(value))}
        />
        <FieldInput
          id="cd-register-as-of"
          spec={{
            name: 'asOf',
            as: 'day',
            label: words.t('register.upload.as_of'),
            hint: words.t('register.upload.as_of_hint'),
            isRequired: true,
          }}
          value={asOf}
          onChange={(value) => setAsOf(String(value ?? ''))}
        />
        {share === null ? null : (
          <div>
            <p className="cd-small cd-soft">
              {share < 1
                ? words.t('register.upload.going', { percent: Math.round(share * 100) })
                : words.t('register.upload.looking')}
            </p>
            <ProgressBar
              done={share < 1 ? share : 0}
              total={share < 1 ? 1 : null}
              label={words.t('register.upload.title')}
            />
          </div>
        )}
      </div>
    </Dialog>
  )
}
