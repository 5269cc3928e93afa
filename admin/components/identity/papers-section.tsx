/** One's own papers: told in a form, then masked beside where their check stands; refused, they are corrected and sent again. */

import { useState } from 'react'
import type { Tone } from '../../desk-types.ts'
import type { OwnIdentity } from '../../identity-types.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Note } from '../parts/note.tsx'
import { Badge } from '../parts/state-badge.tsx'
import type { Change } from '../profile/use-change.tsx'
import { useNotices } from '../use-notices.ts'
import { useWords } from '../use-words.ts'
import { PaperFields } from './paper-fields.tsx'
import { PapersForm, type PaperValues } from './papers-form.tsx'

type Props = { own: OwnIdentity; change: Change; onChanged: () => void }
type State = NonNullable<OwnIdentity['papers']>['state']

const tones: Record<State, Tone> = {
  waiting: 'theirs',
  checked: 'done',
  confirmed: 'done',
  refused: 'fail',
  withdrawn: 'closed',
}

export const PapersSection = ({ own, change, onChanged }: Props) => {
  const { t, moment } = useWords()
  const { say } = useNotices()
  const { papers } = own
  const [start, setStart] = useState<PaperValues | null>(null)
  const [isAsking, setAsking] = useState<'withdraw' | 'renew' | null>(null)

  const correct = async () => {
    setAsking(null)
    const answer = await change<PaperValues>('identity/own')
    if (answer?.refusal) say('error', answer.refusal.code, answer.refusal.params)
    else if (answer) setStart(answer.result)
  }
  const withdraw = async () => {
    setAsking(null)
    const answer = await change('identity/withdraw')
    if (!answer) return
    if (answer.refusal) say('error', answer.refusal.code, answer.refusal.params)
    else say('success', 'identity.withdrawn')
    onChanged()
  }
  const sent = () => {
    setStart(null)
    say('success', 'identity.sent')
    onChanged()
  }
  if (!own.hasOffice)
    return (
      <Note look="tip">
        <p>{t('errors.identity-no-office')}</p>
      </Note>
    )
  if (!papers || start)
    return (
      <PapersForm
        own={own}
        start={start ?? { country: own.usualCountry }}
        change={change}
        onSent={sent}
        {...(papers && { onCancel: () => setStart(null) })}
      />
    )
  const isLasting = papers.state === 'checked' || papers.state === 'confirmed'
  return (
    <section className="cd-card" data-testid="papers">
      <header className="cd-card-head">
        <h2 className="cd-h2 cd-grow">{t('identity.papers')}</h2>
        <Badge tone={tones[papers.state]}>{t(`identity.states.${papers.state}`)}</Badge>
      </header>
      <div className="cd-card-body cd-stack">
        {papers.state === 'refused' ? (
          <Note look="error">
            <p>{papers.reason ?? t('identity.ask_office')}</p>
          </Note>
        ) : null}
        <p className="cd-soft">
          {t(`identity.stands.${papers.state}`, {
            when: moment(
              isLasting || papers.state === 'refused' ? (papers.decidedAt ?? '') : papers.submittedAt,
            ),
          })}
        </p>
        <PaperFields facts={papers.facts} />
        <div className="cd-row cd-row-wrap">
          {own.maySubmit ? (
            <Button
              look={papers.state === 'refused' ? 'primary' : 'plain'}
              icon="Edit2"
              testId="correct-papers"
              onClick={() => (isLasting ? setAsking('renew') : void correct())}
            >
              {t(papers.state === 'refused' ? 'identity.correct' : 'identity.renew')}
            </Button>
          ) : null}
          {own.mayWithdraw ? (
            <Button look="bare" testId="withdraw-papers" onClick={() => setAsking('withdraw')}>
              {t('identity.withdraw')}
            </Button>
          ) : null}
        </div>
      </div>
      {isAsking ? (
        <Dialog
          title={t(`identity.${isAsking}_title`)}
          onClose={() => setAsking(null)}
          foot={
            <>
              <Button onClick={() => setAsking(null)}>{t('screens.cancel')}</Button>
              <Button
                look={isAsking === 'withdraw' ? 'danger' : 'primary'}
                testId="confirm"
                onClick={() => void (isAsking === 'withdraw' ? withdraw() : correct())}
              >
                {t(`identity.${isAsking}`)}
              </Button>
            </>
          }
        >
          <p className="cd-soft">{t(`identity.${isAsking}_text`)}</p>
        </Dialog>
      ) : null}
    </section>
  )
}
