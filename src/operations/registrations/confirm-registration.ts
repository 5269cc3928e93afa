/** The mailbox is proved: the account is made, and whoever has to decide about the newcomer is asked. */
import { DomainError } from '../../domain/errors.ts'
import { registrationStates } from '../../domain/states/registration.ts'
import type { AccessLink } from '../../models/access-link.ts'
import { Membership } from '../../models/membership.ts'
import { Registration } from '../../models/registration.ts'
import { User } from '../../models/user.ts'
import { openLink } from '../links/personal-links.ts'
import { operation } from '../operation.ts'
import { findAccount } from '../users/find-account.ts'
import { issuePasswordLink } from '../users/password-links.ts'
import { askSomebody, type Decider } from './ask-somebody.ts'

type Opened = Readonly<{ registration: Registration; link: AccessLink }>

/** @throws DomainError `link-unknown`, `link-used`, `link-expired`, `link-revoked` */
export async function openRegistration(token: string, now: Date, lock = false): Promise<Opened> {
  const link = await openLink(token, now, { lock })
  const registration =
    link.purpose === 'registration_confirm' ? await Registration.findByPk(link.subjectId, { lock }) : null
  if (!registration) throw new DomainError('link-unknown')
  if (registration.state !== 'unconfirmed') throw new DomainError('link-used')
  return { registration, link }
}

/** What happens next: a letter with the first password, the head's decision, or the office's. */
export type Next = 'password' | Decider

export const confirmRegistration = operation(
  'registration.confirm',
  async (context, { token }: { token: string }): Promise<Next> => {
    const { now } = context
    const { registration, link } = await openRegistration(token, now, true)
    // Somebody was quicker with the same address, by an invitation for example.
    if (await findAccount(registration.email, true)) throw new DomainError('link-revoked')
    const user = await User.create({
      role: 'client',
      email: registration.email,
      surname: registration.surname,
      name: registration.name,
      patronymic: registration.patronymic,
      language: registration.language,
      passwordHash: registration.passwordHash,
      state: registration.passwordHash === null ? 'invited' : 'active',
      emailConfirmedAt: now,
    })
    await link.update({ usedAt: now })
    registration.set({ userId: user.id, confirmedAt: now, passwordHash: null })
    if (registration.way === 'link') {
      await admit(registration, user, now)
      await issuePasswordLink(context, { userId: user.id, purpose: 'first' })
      return 'password'
    }
    return askSomebody(registration, user, now)
  },
)

/** The link of the office was its decision. */
async function admit(registration: Registration, user: User, now: Date): Promise<void> {
  await Membership.create({
    userId: user.id,
    officeId: registration.officeId,
    organisationId: null,
    role: 'applicant',
    state: 'active',
    decidedAt: now,
  })
  registration.set({ state: registrationStates.next(registration.state, 'admit'), decidedAt: now })
  await registration.save()
}
