/** A person tells who they are (S4-04): checked for slips at once, sealed, and handed to whoever checks it. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { checkIdentity, type TypedIdentity } from '../../domain/identity.ts'
import { countries, type Country } from '../../domain/requisites/country.ts'
import { identityStates } from '../../domain/states/identity.ts'
import { Identity } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { closeFacts } from '../../queries/identities/sealed-facts.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { ownAccount } from '../users/own-account.ts'
import { cancelLetterOf } from './end-letter.ts'
import { setLevel } from './set-level.ts'

const countryOf = (value: unknown): Country => {
  const country = countries.find((one) => one === value)
  if (!country) throw new DomainError('invalid', {}, { country: { code: 'required' } })
  return country
}

/** What was found about earlier papers says nothing of these. */
const undecided = {
  answerSource: null,
  answerOutcome: null,
  answeredAt: null,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  toldReason: null,
  evidenceFileId: null,
  confirmedWay: null,
  confirmedBy: null,
  confirmedAt: null,
  confirmationReason: null,
  confirmationFileId: null,
} as const

/**
 * Told anew, papers are checked anew, and the level falls back until they are.
 * @throws DomainError `invalid` with the faults of the fields, `identity-waits`, `identity-no-office`
 */
export const submitIdentity = operation(
  'identity.submit',
  async ({ actor, now }, typed: TypedIdentity): Promise<Identity> => {
    authorise(actor, 'submit', Identity)
    const user = await ownAccount(actor)
    const { officeId } = actor
    if (officeId === null) throw new DomainError('identity-no-office')
    const { facts, faults } = checkIdentity(typed, countryOf(typed.country), today(actor.timezone, now))
    if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
    const told = {
      officeId,
      surname: user.surname,
      name: user.name,
      patronymic: user.patronymic,
      country: facts.country,
      ...closeFacts(user.id, facts),
      submittedAt: now,
      ...undecided,
    }
    // The account is locked, so there is no second form of the same person between these two lines.
    const known = await Identity.findOne({ where: { userId: user.id }, lock: true })
    if (known?.state === 'waiting') throw new DomainError('identity-waits')
    const identity = known
      ? await known.update({ ...told, state: identityStates.next(known.state, 'submit') })
      : await Identity.create({ userId: user.id, ...told })
    await setLevel(user.id, 'lapse')
    await cancelLetterOf(user.id, now)
    const { id, version } = identity
    await enqueue(
      'identity.check',
      { key: `identity-${id}-${version}`, identityId: id, version },
      { officeId },
    )
    await notifyDesk({ officeId, topic: 'counters' })
    return identity
  },
)

/** The person takes the papers back: nobody looks at them any more. */
export const withdrawIdentity = operation('identity.withdraw', async ({ actor, now }): Promise<Identity> => {
  const { id: userId } = await ownAccount(actor)
  const identity = await Identity.findOne({ where: { userId }, lock: true })
  if (!identity) throw new DomainError('not-found')
  authorise(actor, 'withdraw', identity)
  await identity.update({ state: identityStates.next(identity.state, 'withdraw') })
  await settleNotifications('identities', [identity.id], now)
  await notifyDesk({ officeId: identity.officeId, topic: 'counters' })
  return identity
})
