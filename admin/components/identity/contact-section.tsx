/** What the simplified level stands on: the confirmed address, and a phone confirmed by the code of a text message. */

import { useState, type FormEvent } from 'react'
import type { OwnContact } from '../../identity-types.ts'
import type { ProfileRefusal } from '../../profile-types.ts'
import { FieldInput } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'
import { Badge } from '../parts/state-badge.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { CodeForm } from './code-form.tsx'

type Props = { own: OwnContact; change: Change; onChanged: () => void }

export const ContactSection = ({ own, change, onChanged }: Props) => {
  const words = useWords()
  const { t, fault } = words
  const { say } = useNotices()
  const [isEditing, setEditing] = useState(false)
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const { pendingPhone } = own

  const send = async (path: string, payload: object, done: string) => {
    setBusy(true)
    const answer = await change(`phone/${path}`, payload)
    setBusy(false)
    if (!answer) return
    if (answer.refusal) return refused(answer.refusal)
    setWrong(undefined)
    setCode('')
    setEditing(false)
    say('success', done)
    onChanged()
  }
  const refused = ({ code: why, params, fields }: ProfileRefusal) => {
    const field = fields?.['phone']
    setWrong(field ? fault(field.code, field.params) : fault(why, params))
    if (why === 'phone-code-ended') onChanged()
  }
  const ask = (event: FormEvent) => {
    event.preventDefault()
    void send('send', { phone }, 'identity.contact.sent')
  }
  const confirmed = <Badge tone="done">{t('identity.contact.is_confirmed')}</Badge>
  return (
    <section className="cd-card" data-testid="contact">
      <header className="cd-card-head">
        <h2 className="cd-h2">{t('identity.contact.title')}</h2>
      </header>
      <div className="cd-card-body cd-stack">
        <dl className="cd-fields">
          <div>
            <dt>{t('identity.email')}</dt>
            <dd className="cd-row cd-row-wrap">
              {own.email} {own.emailConfirmedAt ? confirmed : null}
            </dd>
          </div>
          {own.phone ? (
            <div>
              <dt>{t('identity.phone')}</dt>
              <dd className="cd-row cd-row-wrap">
                {words.phone(own.phone)} {own.phoneConfirmedAt ? confirmed : null}
              </dd>
            </div>
          ) : null}
        </dl>
        {!own.hasSms ? (
          own.phoneConfirmedAt ? null : (
            <p className="cd-soft">{t('identity.contact.no_sms')}</p>
          )
        ) : pendingPhone ? (
          <CodeForm
            id="cd-phone-code"
            label={t('identity.contact.code')}
            maxLength={7}
            code={code}
            fault={wrong}
            isBusy={isBusy}
            enter={t('identity.contact.enter')}
            testId="confirm-phone"
            lead={
              <p className="cd-soft">{t('identity.contact.where', { phone: words.phone(pendingPhone) })}</p>
            }
            onChange={(typed) => {
              setWrong(undefined)
              setCode(typed)
            }}
            onEnter={() => void send('confirm', { code }, 'identity.contact.confirmed')}
          >
            <Button
              look="bare"
              onClick={() => void send('send', { phone: pendingPhone }, 'identity.contact.sent')}
            >
              {t('identity.contact.again')}
            </Button>
          </CodeForm>
        ) : isEditing || !own.phone ? (
          <form className="cd-letter-code" noValidate onSubmit={ask}>
            <FieldInput
              id="cd-phone"
              spec={{
                name: 'phone',
                as: 'text',
                label: t('identity.phone'),
                isRequired: true,
                maxLength: 40,
              }}
              value={phone}
              fault={wrong}
              onChange={(value) => {
                setWrong(undefined)
                setPhone(String(value ?? ''))
              }}
            />
            <Button type="submit" isBusy={isBusy} testId="send-code">
              {t('identity.contact.send')}
            </Button>
          </form>
        ) : (
          <div className="cd-row cd-row-wrap">
            <Button
              onClick={() => {
                setPhone(own.phoneConfirmedAt ? '' : (own.phone ?? ''))
                setEditing(true)
              }}
            >
              {t(own.phoneConfirmedAt ? 'identity.contact.other' : 'identity.contact.confirm')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}
