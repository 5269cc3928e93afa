/** A newcomer who was refused corrects what they told and asks again: the same account, another decision, the history stays. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { Registration } from '../../models/registration.ts'
import { User } from '../../models/user.ts'
import { authorise } from '../../policies/define-policy.ts'
import { refusedWish } from '../../queries/registrations/refused-wish.ts'
import { operation } from '../operation.ts'
import { askSomebody, type Decider } from './ask-somebody.ts'
import type { SelfRegistration } from './request-registration.ts'

type Wish = Pick<
  SelfRegistration,
  'officeId' | 'country' | 'subject' | 'isSubjectOfAccreditation' | 'taxId' | 'kpp' | 'details' | 'source'
>

/** @throws DomainError `nothing-refused` while one wish waits, and for whoever was never refused */
export const registerAgain = operation(
  'registration.again',
  async ({ actor, now }, wish: Wish): Promise<Decider> => {
    // Two presses on the button wait for each other here.
    const user = actor.id === null ? null : await User.findByPk(actor.id, { lock: true })
    const refused = user && (await refusedWish(user.id))
    if (!user || !refused) throw new DomainError('nothing-refused')
    const before = await Registration.findByPk(refused.id, { rejectOnEmpty: true })
    authorise(actor, 'again', before)
    const { email, surname, name, patronymic, language } = user
    const { officeId, country, subject, isSubjectOfAccreditation, taxId, kpp, details, source } = wish
    // The mailbox was proved by the first letter, and the agreement was given by the person, not by the wish.
    const { agreementId, agreedAt, agreedFrom } = before
    const registration = Registration.build({
      way: 'self',
      officeId,
      country,
      subject,
      isSubjectOfAccreditation,
      taxId,
      kpp,
      details,
      source,
      email,
      surname,
      name,
      patronymic,
      language,
      agreementId,
      agreedAt,
      agreedFrom,
      userId: user.id,
      expiresAt: now,
      confirmedAt: now,
    })
    const decider = await askSomebody(registration, user, now)
    await notifyDesk({ userId: user.id, topic: 'counters' })
    return decider
  },
)
