/** Confirming oneself by a letter: ordered to an address, waited for, and its code typed. */

import { useState, type FormEvent } from 'react'
import type { OwnIdentity } from '../../identity-types.ts'
import type { ProfileRefusal } from '../../profile-types.ts'
import { FieldInput } from '../form/field-input.tsx'
import { Button } from '../parts/button.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { CodeForm } from './code-form.tsx'

type Props = { own: OwnIdentity; change: Change; onChanged: () => void }

const underway = new Set(['ordered', 'printed', 'posted'])

export const LetterWay = ({ own, change, onChanged }: Props) => {
  const { t, moment, day, fault } = useWords()
  const { say } = useNotices()
  const [isOrdering, setOrdering] = useState(false)
  const [address, setAddress] = useState<Record<string, string>>({})
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [code, setCode] = useState('')
  const [isBusy, setBusy] = useState(false)
  const { letter } = own
  const isUnderway = letter !== null && underway.has(letter.state)

  const send = async (path: string, payload: object, done: string) => {
    setBusy(true)
    const answer = await change(`identity/letter/${path}`, payload)
    setBusy(false)
    if (!answer) return
    const { refusal } = answer
    if (refusal) return refused(refusal)
    setOrdering(false)
    setCode('')
    setFaults({})
    say('success', done)
    onChanged()
  }
  const refused = ({ code: why, params, fields }: ProfileRefusal) => {
    const told = Object.entries(fields ?? {}).map(([field, one]) => [field, fault(one.code, one.params)])
    setFaults(Object.fromEntries(told.length ? told : [['code', fault(why, params)]]))
    // The last try ends the letter: the page has to say so.
    if (why === 'letter-code-ended') onChanged()
  }
  const order = (event: FormEvent) => {
    event.preventDefault()
    void send('order', address, 'identity.letter.ordered')
  }
  const field = (name: 'postcode' | 'address', isFirst = false) => (
    <FieldInput
      id={`cd-letter-${name}`}
      isFirst={isFirst}
      spec={{
        name,
        as: name === 'address' ? 'long' : 'text',
        label: t(`identity.letter.${name}`),
        hint: name === 'address' ? t('identity.letter.address_hint') : undefined,
        isRequired: true,
        maxLength: name === 'address' ? 300 : 10,
      }}
      value={address[name] ?? ''}
      fault={faults[name]}
      onChange={(value) => {
        setAddress({ ...address, [name]: String(value ?? '') })
        setFaults({})
      }}
    />
  )
  return (
    <li data-testid="letter-way">
      <Icon name="Mail" />
      <div className="cd-stack">
        <div>
          <h3 className="cd-h3">{t('identity.confirm.post')}</h3>
          <p className="cd-soft">
            {letter && isUnderway
              ? t(`identity.letter.stands.${letter.state}`, {
                  when: moment(letter.postedAt ?? letter.orderedAt),
                })
              : t(
                  letter?.state === 'expired'
                    ? 'identity.letter.stands.expired'
                    : 'identity.confirm.post_text',
                )}
          </p>
        </div>
        {letter && isUnderway && letter.state !== 'ordered' ? (
          <CodeForm
            id="cd-letter-code"
            label={t('identity.letter.code')}
            hint={
              letter.expiresAt
                ? t('identity.letter.until', { on: day(letter.expiresAt.slice(0, 10)) })
                : undefined
            }
            maxLength={12}
            code={code}
            fault={faults['code']}
            isBusy={isBusy}
            enter={t('identity.letter.enter')}
            testId="enter-code"
            onChange={(typed) => {
              setFaults({})
              setCode(typed)
            }}
            onEnter={() => void send('code', { code }, 'identity.letter.confirmed')}
          />
        ) : null}
        {own.mayOrderLetter ? (
          <div className="cd-row cd-row-wrap">
            <Button testId="order-letter" onClick={() => setOrdering(true)}>
              {t(isUnderway ? 'identity.letter.order_again' : 'identity.letter.order')}
            </Button>
            {isUnderway ? (
              <Button look="bare" onClick={() => void send('cancel', {}, 'identity.letter.cancelled')}>
                {t('identity.letter.cancel')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      {isOrdering ? (
        <FormDialog
          title={t('identity.letter.order')}
          send={t('identity.letter.order')}
          testId="confirm-order"
          isBusy={isBusy}
          noValidate
          onSubmit={order}
          onClose={() => setOrdering(false)}
        >
          <p className="cd-soft">{t(isUnderway ? 'identity.letter.ends_older' : 'identity.letter.lead')}</p>
          {field('postcode', true)}
          {field('address')}
          {faults['code'] ? <p className="cd-fault">{faults['code']}</p> : null}
        </FormDialog>
      ) : null}
    </li>
  )
}
