/** Sends one change of one's own account; where proof is asked for, asks for the password first and then goes on. */

import { useCallback, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { ProfileRefusal } from '../../profile-types.ts'
import { deskPost } from '../desk-api.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { PasswordInput } from './password-input.tsx'

type Answer<T> = { result: T; refusal?: undefined } | { refusal: ProfileRefusal; result?: undefined }

/** Null when the server could not be reached or the person thought better of it: then it was told already. */
export type Change = <T>(path: string, payload?: unknown) => Promise<Answer<T> | null>

const send = <T,>(path: string, payload: unknown) => deskPost<Answer<T>>(`profile/${path}`, payload)

export const useChange = (): { change: Change; proof: ReactNode } => {
  const { t, fault } = useWords()
  const { failed } = useNotices()
  const [isAsking, setAsking] = useState(false)
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const settle = useRef<(isProved: boolean) => void>(() => undefined)

  const askProof = () =>
    new Promise<boolean>((resolve) => {
      settle.current = resolve
      setPassword('')
      setWrong(null)
      setAsking(true)
    })
  const close = (isProved: boolean) => {
    setAsking(false)
    settle.current(isProved)
  }
  const prove = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { refusal } = await send('prove', { password })
      if (refusal) setWrong(fault(refusal.code, refusal.params))
      else close(true)
    } catch (error) {
      failed(error)
    }
    setBusy(false)
  }

  const change = useCallback(async <T,>(path: string, payload: unknown = {}): Promise<Answer<T> | null> => {
    try {
      const answer = await send<T>(path, payload)
      if (answer.refusal?.code !== 'prove-first') return answer
      return (await askProof()) ? await send<T>(path, payload) : null
    } catch (error) {
      failed(error)
      return null
    }
  }, [])

  const proof = isAsking ? (
    <FormDialog
      title={t('profile.proof.title')}
      send={t('profile.proof.submit')}
      testId="prove"
      isBusy={isBusy}
      onSubmit={prove}
      onClose={() => close(false)}
    >
      <p className="cd-soft">{t('profile.proof.text')}</p>
      <PasswordInput
        id="cd-proof-password"
        label={t('profile.password.current')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        fault={wrong}
      />
    </FormDialog>
  ) : null
  return { change, proof }
}
