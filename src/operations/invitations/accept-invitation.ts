/** An invitation is taken: the address is proved by the link, so it opens an account, or adds a place to the one there is. */
import { DomainError } from '../../domain/errors.ts'
import { invitationStates } from '../../domain/states/invitation.ts'
import { membershipStates } from '../../domain/states/membership.ts'
import type { AccessLink } from '../../models/access-link.ts'
import { Employee } from '../../models/employee.ts'
import { Invitation } from '../../models/invitation.ts'
import { Membership } from '../../models/membership.ts'
import { User } from '../../models/user.ts'
import { openLink } from '../links/personal-links.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { findAccount } from '../users/find-account.ts'
import { putPassword } from '../users/new-password.ts'

export type Invited = Readonly<{ invitation: Invitation; link: AccessLink; user: User | null }>

/**
 * What a token invites to, and the account its address has already. @throws DomainError `link-unknown`, `link-used`,
 * `link-expired`, `link-revoked`: the holder reads the letters of the address, so the reason is told.
 */
export async function openInvitation(token: string, now: Date, lock = false): Promise<Invited> {
  const link = await openLink(token, now, { lock })
  const invitation =
    link.purpose === 'invitation' ? await Invitation.findByPk(link.subjectId, { lock }) : null
  if (!invitation) throw new DomainError('link-unknown')
  if (invitation.state !== 'sent') throw new DomainError('link-revoked')
  const user = await findAccount(invitation.email, lock)
  // Colleagues do not become clients by a letter, and a closed account is not opened by one.
  if (user && (user.role !== 'client' || user.state === 'blocked' || user.deletedAt))
    throw new DomainError('link-revoked')
  return { invitation, link, user }
}

type Answer = Readonly<{
  token: string
  /** Of a new account; an old one keeps its own. */
  password?: string
  surname?: string
  name?: string
  patronymic?: string | null
}>

/** @throws DomainError as {@link openInvitation} does, or what is wrong with the password */
export const acceptInvitation = operation(
  'invitation.accept',
  async ({ now }, { token, password, ...names }: Answer): Promise<{ user: User; isNew: boolean }> => {
    const { invitation, link, user: known } = await openInvitation(token, now, true)
    const isNew = known?.state !== 'active'
    const user =
      known ??
      User.build({
        role: 'client',
        email: invitation.email,
        surname: names.surname?.trim() || invitation.surname,
        name: names.name?.trim() || invitation.name,
        patronymic: names.patronymic?.trim() || invitation.patronymic,
        state: 'active',
      })
    if (isNew) {
      await putPassword(user, password ?? '', now)
      user.state = 'active'
    }
    user.emailConfirmedAt ??= now
    await user.save()
    await join(user, invitation, now)
    await invitation.update({
      state: invitationStates.next(invitation.state, 'use'),
      usedAt: now,
      usedBy: user.id,
    })
    await link.update({ usedAt: now })
    return { user, isNew }
  },
)

/** The head's or the office's invitation is their decision: nobody has to be asked again. */
async function join(user: User, invitation: Invitation, now: Date): Promise<void> {
  const { officeId, organisationId, role, groups, createdBy } = invitation
  const standing = { role, groups, decidedBy: createdBy, decidedAt: now }
  const waiting = await Membership.findOne({
    where: { userId: user.id, officeId, organisationId, state: 'pending' },
    lock: true,
  })
  const employeeId = organisationId === null ? null : (await employeeOf(user, invitation, organisationId)).id
  if (waiting) {
    await waiting.update({ ...standing, employeeId, state: membershipStates.next(waiting.state, 'accept') })
    await settleNotifications('memberships', [waiting.id], now)
  } else {
    await Membership.create({
      ...standing,
      userId: user.id,
      officeId,
      organisationId,
      employeeId,
      state: 'active',
    })
  }
}

/** The person in the client's card: the one with this address, or one of the same name without any. */
async function employeeOf(
  user: User,
  { email, officeId, role }: Invitation,
  organisationId: number,
): Promise<Employee> {
  const { surname, name, patronymic } = user
  const known =
    (await Employee.findOne({ where: { organisationId, email } })) ??
    (await Employee.findOne({ where: { organisationId, surname, name, email: null } }))
  if (known) return known.email === null ? known.update({ email }) : known
  return Employee.create({
    officeId,
    organisationId,
    surname,
    name,
    patronymic,
    email,
    isHead: role === 'head',
  })
}
