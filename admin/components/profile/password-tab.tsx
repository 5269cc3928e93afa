/** A new password in place of the current one, with its rules ticked off while it is typed. */

import { useState, type FormEvent } from 'react'
import type { Profile } from '../../profile-types.ts'
import { Button } from '../parts/button.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { PasswordInput } from './password-input.tsx'
import type { Change } from './use-change.tsx'

type Props = { profile: Profile; change: Change; onChanged: () => void }

export const PasswordTab = ({ profile, change, onChanged }: Props) => {
  const { t, fault, moment } = useWords()
  const { say } = useNotices()
  const [values, setValues] = useState({ current: '', next: '', again: '' })
  const [isShown, setShown] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ field: 'current' | 'next' | 'again'; text: string } | null>(null)
  const set = (field: keyof typeof values) => (value: string) => {
    setWrong(null)
    setValues({ ...values, [field]: value })
  }
  const faultOf = (field: keyof typeof values) => (wrong?.field === field ? wrong.text : null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (values.next !== values.again) return setWrong({ field: 'again', text: t('door.newPassword.differ') })
    setBusy(true)
    const answer = await change('password', { current: values.current, next: values.next })
    setBusy(false)
    if (!answer) return
    if (answer.refusal) {
      const { code, params } = answer.refusal
      const isCurrent = code === 'wrong-password' || code === 'too-many-tries'
      return setWrong({ field: isCurrent ? 'current' : 'next', text: fault(code, params) })
    }
    setValues({ current: '', next: '', again: '' })
    say('success', 'profile.password.changed')
    onChanged()
  }

  const ruleClass = (pattern: string) =>
    values.next === '' ? '' : new RegExp(pattern, 'u').test(values.next) ? 'cd-rule-kept' : 'cd-rule-broken'
  return (
    <form className="cd-form cd-stack" onSubmit={(event) => void submit(event)}>
      <section className="cd-card">
        <div className="cd-card-body cd-stack">
          {profile.password.changedAt ? (
            <p className="cd-soft">
              {t('profile.password.since', { when: moment(profile.password.changedAt) })}
            </p>
          ) : null}
          <div className="cd-form-field">
            <label className="cd-label" htmlFor="cd-login">
              {t('profile.password.login')}
            </label>
            <input
              id="cd-login"
              className="cd-input"
              readOnly
              autoComplete="username"
              value={profile.person.email}
            />
          </div>
          <PasswordInput
            id="cd-current"
            label={t('profile.password.current')}
            autoComplete="current-password"
            value={values.current}
            onChange={set('current')}
            fault={faultOf('current')}
            isShown={isShown}
          />
          <PasswordInput
            id="cd-next"
            label={t('profile.password.next')}
            autoComplete="new-password"
            value={values.next}
            onChange={set('next')}
            fault={faultOf('next')}
            isShown={isShown}
            describedBy="cd-rules"
          >
            <ul className="cd-rules" id="cd-rules">
              {profile.password.rules.map(({ key, pattern }) => (
                <li key={key} className={ruleClass(pattern)}>
                  {t(`door.rules.${key}`)}
                </li>
              ))}
            </ul>
          </PasswordInput>
          <PasswordInput
            id="cd-again"
            label={t('profile.password.again')}
            autoComplete="new-password"
            value={values.again}
            onChange={set('again')}
            fault={faultOf('again')}
            isShown={isShown}
          />
          <label className="cd-tick-line">
            <input
              type="checkbox"
              className="cd-check"
              checked={isShown}
              onChange={(event) => setShown(event.target.checked)}
            />
            {t('profile.password.show')}
          </label>
        </div>
      </section>
      <div className="cd-form-foot">
        <Button type="submit" look="primary" isBusy={isBusy} testId="save-password">
          {t('profile.save')}
        </Button>
        <span className="cd-muted cd-small">{t('profile.password.ends')}</span>
      </div>
    </form>
  )
}
