/** Codes of a phone as a second factor: turned on by a first code, with ten codes on paper for the day it is lost. */

import { useState, type FormEvent } from 'react'
import type { Profile } from '../../profile-types.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { Badge } from '../parts/state-badge.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { PasswordInput } from './password-input.tsx'
import type { Change } from './use-change.tsx'

type Props = { profile: Profile; change: Change; onChanged: () => void }
type Begun = { secret: string; qr: string }

const FEW = 3

export const FactorSection = ({ profile, change, onChanged }: Props) => {
  const { t, moment, fault } = useWords()
  const { say } = useNotices()
  const [begun, setBegun] = useState<Begun | null>(null)
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [isAsking, setAsking] = useState(false)
  const { since, codesLeft, isRequired } = profile.factor

  const begin = async () => {
    const answer = await change<Begun>('factor/begin')
    if (answer?.refusal) return say('error', answer.refusal.code, answer.refusal.params)
    if (!answer) return
    setCode('')
    setWrong(null)
    setBegun(answer.result)
  }
  const confirm = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await change<{ codes: string[] }>('factor/confirm', { code })
    if (!answer) return
    if (answer.refusal) return setWrong(fault(answer.refusal.code, answer.refusal.params))
    setBegun(null)
    setCodes(answer.result.codes)
  }
  const renew = async () => {
    const answer = await change<{ codes: string[] }>('codes')
    if (answer?.refusal) say('error', answer.refusal.code, answer.refusal.params)
    else if (answer) setCodes(answer.result.codes)
  }
  const turnOff = async () => {
    setAsking(false)
    const answer = await change('factor/off')
    if (!answer) return
    if (answer.refusal) return say('error', answer.refusal.code, answer.refusal.params)
    say('success', 'profile.factor.turned_off')
    onChanged()
  }
  const keep = () => {
    setCodes(null)
    onChanged()
  }
  const file = codes
    ? `data:text/plain;charset=utf-8,${encodeURIComponent(`certdesk, ${profile.person.email}\r\n\r\n${codes.join('\r\n')}\r\n`)}`
    : ''

  return (
    <section className="cd-card">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{t('profile.factor.title')}</h2>
        <Badge tone={since ? 'done' : isRequired ? 'warn' : 'draft'}>
          {t(since ? 'profile.factor.on' : 'profile.factor.off')}
        </Badge>
      </header>
      <div className="cd-card-body cd-stack">
        <p className="cd-soft">
          {since ? t('profile.factor.since', { when: moment(since) }) : t('profile.factor.about')}{' '}
          {isRequired ? t('profile.factor.required') : ''}
        </p>
        {since ? (
          <p className={codesLeft <= FEW ? 'cd-failed-text' : 'cd-soft'}>
            {t('profile.factor.left', { count: codesLeft })}
          </p>
        ) : null}
        <div className="cd-row cd-row-wrap">
          {since ? (
            <>
              <Button onClick={() => void renew()} testId="renew-codes">
                {t('profile.factor.renew')}
              </Button>
              <Button look="bare" onClick={() => setAsking(true)} testId="factor-off">
                {t('profile.factor.turn_off')}
              </Button>
            </>
          ) : (
            <Button icon="Smartphone" onClick={() => void begin()} testId="factor-on">
              {t('profile.factor.turn_on')}
            </Button>
          )}
        </div>
      </div>
      {begun ? (
        <FormDialog
          title={t('profile.factor.title')}
          send={t('profile.factor.turn_on')}
          testId="factor-confirm"
          onSubmit={confirm}
          onClose={() => setBegun(null)}
        >
          <p>{t('door.factor.scan')}</p>
          <img className="cd-qr" src={begun.qr} width={184} height={184} alt={t('door.factor.qr')} />
          <p className="cd-soft">
            {t('profile.factor.by_hand')}{' '}
            <span className="cd-code">{begun.secret.match(/.{1,4}/g)?.join(' ')}</span>
          </p>
          <PasswordInput
            id="cd-factor-code"
            label={t('door.factor.field')}
            autoComplete="one-time-code"
            isCode
            value={code}
            onChange={(value) => {
              setWrong(null)
              setCode(value)
            }}
            fault={wrong}
          />
        </FormDialog>
      ) : null}
      {codes ? (
        <Dialog
          title={t('door.codes.title')}
          onClose={keep}
          foot={
            <>
              <a className="cd-button" href={file} download="certdesk.txt">
                {t('door.codes.download')}
              </a>
              <Button look="primary" onClick={keep} testId="codes-kept">
                {t('profile.factor.kept')}
              </Button>
            </>
          }
        >
          <p className="cd-soft">{t('door.codes.lead')}</p>
          <ul className="cd-recovery" lang="zxx">
            {codes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Dialog>
      ) : null}
      {isAsking ? (
        <Dialog
          title={t('profile.factor.off_title')}
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>{t('screens.cancel')}</Button>
              <Button look="danger" onClick={() => void turnOff()} testId="confirm">
                {t('profile.factor.turn_off')}
              </Button>
            </>
          }
        >
          <p className="cd-soft">{t('profile.factor.off_text')}</p>
        </Dialog>
      ) : null}
    </section>
  )
}
