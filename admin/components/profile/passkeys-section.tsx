/** Passkeys: added by the device at hand, named so that one knows which is which, removed when it is gone. */

import { startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import { useState, type FormEvent } from 'react'
import type { Profile, ProfilePasskey } from '../../profile-types.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import type { Change } from './use-change.tsx'

type Props = { profile: Profile; change: Change; onChanged: () => void }
type Options = Parameters<typeof startRegistration>[0]['optionsJSON']
type Naming = { title: string; start: string; save: (name: string) => Promise<unknown> }

/** The device refuses without saying why, or the person changed their mind: both are no fault of the page. */
const isChangeOfMind = (error: unknown) =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')

export const PasskeysSection = ({ profile, change, onChanged }: Props) => {
  const words = useWords()
  const { t } = words
  const { say } = useNotices()
  const [naming, setNaming] = useState<Naming | null>(null)
  const [name, setName] = useState('')
  const [going, setGoing] = useState<ProfilePasskey | null>(null)
  const [isBusy, setBusy] = useState(false)

  const told = (answer: Awaited<ReturnType<Change>>, what: string) => {
    if (!answer) return
    if (answer.refusal) return say('error', answer.refusal.code, answer.refusal.params)
    say('success', what)
    onChanged()
  }
  const open = (next: Naming) => {
    setName(next.start)
    setNaming(next)
  }
  const add = async () => {
    const asked = await change<Options>('passkeys/options')
    if (!asked) return
    if (asked.refusal) return say('error', asked.refusal.code, asked.refusal.params)
    try {
      const answer = await startRegistration({ optionsJSON: asked.result })
      open({
        title: t('profile.passkeys.name_title'),
        start: t('profile.passkeys.usual_name'),
        save: async (chosen) =>
          told(await change('passkeys', { name: chosen, answer }), 'profile.passkeys.added'),
      })
    } catch (error) {
      if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
        return say('error', 'passkey-known')
      say('error', isChangeOfMind(error) ? 'key-not-made' : 'key-refused')
    }
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    setBusy(true)
    await naming?.save(name)
    setBusy(false)
    setNaming(null)
  }
  const remove = async ({ id }: ProfilePasskey) => {
    setGoing(null)
    told(await change(`passkeys/${id}/remove`), 'profile.passkeys.removed')
  }
  const canAdd = profile.knowsPasskeys && 'PublicKeyCredential' in globalThis

  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{t('profile.passkeys.title')}</h2>
        <Button
          isSmall
          icon="Key"
          testId="add-passkey"
          onClick={() => void add()}
          {...(!canAdd && { refusal: t('errors.key-elsewhere') })}
        >
          {t('profile.passkeys.add')}
        </Button>
      </header>
      <div className="cd-card-body cd-stack">
        <p className="cd-soft">{t('profile.passkeys.about')}</p>
        {profile.passkeys.length ? (
          <ul className="cd-rows">
            {profile.passkeys.map((one) => (
              <li key={one.id} className="cd-row">
                <div className="cd-grow">
                  <p className="cd-h3">{one.name}</p>
                  <p className="cd-muted cd-small">
                    {one.usedAt
                      ? t('profile.passkeys.used', { when: words.moment(one.usedAt) })
                      : t('profile.passkeys.made', { when: words.moment(one.createdAt) })}
                    {one.isSynced ? ` · ${t('profile.passkeys.synced')}` : ''}
                  </p>
                </div>
                <Button
                  isSmall
                  look="bare"
                  onClick={() =>
                    open({
                      title: t('profile.passkeys.rename'),
                      start: one.name,
                      save: async (chosen) =>
                        told(
                          await change(`passkeys/${one.id}/name`, { name: chosen }),
                          'profile.passkeys.renamed',
                        ),
                    })
                  }
                >
                  {t('profile.passkeys.rename')}
                </Button>
                <Button
                  isSmall
                  look="bare"
                  onClick={() => setGoing(one)}
                  label={t('profile.passkeys.remove_which', { name: one.name })}
                >
                  {t('profile.passkeys.remove')}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {naming ? (
        <FormDialog
          title={naming.title}
          send={t('profile.save')}
          testId="name-passkey"
          isBusy={isBusy}
          onSubmit={submit}
          onClose={() => setNaming(null)}
        >
          <label className="cd-label" htmlFor="cd-key-text">
            {t('profile.passkeys.name')}
          </label>
          <input
            id="cd-key-text"
            className="cd-input"
            maxLength={60}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <p className="cd-hint">{t('profile.passkeys.name_hint')}</p>
        </FormDialog>
      ) : null}
      {going ? (
        <Dialog
          title={t('profile.passkeys.remove_which', { name: going.name })}
          onClose={() => setGoing(null)}
          foot={
            <>
              <Button onClick={() => setGoing(null)}>{t('screens.cancel')}</Button>
              <Button look="danger" onClick={() => void remove(going)} testId="confirm">
                {t('profile.passkeys.remove')}
              </Button>
            </>
          }
        >
          <p className="cd-soft">{t('profile.passkeys.remove_text')}</p>
        </Dialog>
      ) : null}
    </section>
  )
}
