/** Inviting somebody by letter, again if need be, and taking it back. Every new letter ends the link of the one before. */
import { DomainError, type FieldFault } from '../../domain/errors.ts'
import { invitationEnd } from '../../domain/invitation-term.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { invitationStates } from '../../domain/states/invitation.ts'
import { AccessLink } from '../../models/access-link.ts'
import { Invitation } from '../../models/invitation.ts'
import { Membership } from '../../models/membership.ts'
import { Organisation } from '../../models/organisation.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { issueLink } from '../links/personal-links.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation, type Context } from '../operation.ts'
import { findAccount } from '../users/find-account.ts'

export type InvitationValues = Pick<Invitation, 'email' | 'surname' | 'name'> &
  Partial<Pick<Invitation, 'organisationId' | 'officeId' | 'role' | 'patronymic' | 'groups'>>

/** @throws DomainError `invalid` with the fields at fault, `forbidden` */
export const invitePerson = operation(
  'invitation.create',
  async ({ actor, now }, { values }: { values: InvitationValues }): Promise<Invitation> => {
    authorise(actor, 'new', Invitation)
    const place = placeOf(actor, values)
    const invitation = Invitation.build({
      ...values,
      ...place,
      role: place.organisationId === null ? 'applicant' : values.role === 'head' ? 'head' : 'employee',
      sentAt: now,
      expiresAt: invitationEnd(now),
    })
    authorise(actor, 'new', invitation)
    await check(invitation)
    await invitation.save()
    await writeLetter({ actor, now }, invitation)
    return invitation
  },
)

/** A new link for another sixty days; the older one is worth nothing from here on. */
export const resendInvitation = operation(
  'invitation.resend',
  async ({ actor, now }, { invitationId }: { invitationId: number }): Promise<Invitation> => {
    const invitation = await lockInvitation(invitationId)
    authorise(actor, 'resend', invitation)
    invitation.set({
      state: invitationStates.next(invitation.state, 'resend'),
      sentAt: now,
      expiresAt: invitationEnd(now),
      remindedAt: null,
      revokedAt: null,
      revokedBy: null,
    })
    await check(invitation)
    await invitation.save()
    await writeLetter({ actor, now }, invitation)
    return invitation
  },
)

export const revokeInvitation = operation(
  'invitation.revoke',
  async ({ actor, now }, { invitationId }: { invitationId: number }): Promise<Invitation> => {
    const invitation = await lockInvitation(invitationId)
    authorise(actor, 'revoke', invitation)
    await AccessLink.update(
      { revokedAt: now },
      { where: { purpose: 'invitation', subjectId: invitation.id, usedAt: null, revokedAt: null } },
    )
    return invitation.update({
      state: invitationStates.next(invitation.state, 'revoke'),
      revokedAt: now,
      revokedBy: actor.id,
    })
  },
)

export async function lockInvitation(id: number): Promise<Invitation> {
  const invitation = await Invitation.findByPk(id, { lock: true })
  if (!invitation) throw new DomainError('not-found')
  return invitation
}

/** The head invites to the own organisation, whatever the form says; the staff name one, or nobody for an applicant. */
function placeOf(
  actor: Actor,
  values: InvitationValues,
): { officeId: number; organisationId: number | null } {
  const isClient = sideOf(actor) === 'client'
  const officeId = isClient ? actor.officeId : (values.officeId ?? actor.officeId)
  const organisationId = isClient ? actor.organisationId : (values.organisationId ?? null)
  if (officeId === null) throw new DomainError('office-required')
  if (isClient && organisationId === null) throw new DomainError('forbidden')
  return { officeId, organisationId }
}

async function check(invitation: Invitation): Promise<void> {
  const faults: Record<string, FieldFault> = {}
  const email = checkEmail(invitation.email)
  if (email.fault) faults['email'] = email.fault
  else invitation.email = (email.value ?? invitation.email).toLowerCase()
  for (const field of ['surname', 'name'] as const) {
    invitation[field] = invitation[field]?.trim()
    if (!invitation[field]) faults[field] = { code: 'required' }
  }
  const organisation =
    invitation.organisationId === null ? null : await Organisation.findByPk(invitation.organisationId)
  if (organisation?.state === 'blocked' || organisation?.deletedAt)
    faults['organisationId'] = { code: 'organisation-closed' }
  // Groups of centres are for those who may run one (S4-11).
  if (invitation.groups.length > 0 && !organisation?.roles.includes('authorised'))
    faults['groups'] = { code: 'groups-need-authorised' }
  if (!faults['email'] && (await isMember(invitation))) faults['email'] = { code: 'already-member' }
  else if (!faults['email'] && (await isInvited(invitation))) faults['email'] = { code: 'already-invited' }
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
}

async function isMember({ email, officeId, organisationId }: Invitation): Promise<boolean> {
  const user = await findAccount(email)
  if (!user) return false
  const where = { userId: user.id, officeId, organisationId, state: ['active', 'blocked'] }
  return (await Membership.count({ where })) > 0
}

async function isInvited({ id, email, officeId, organisationId }: Invitation): Promise<boolean> {
  const open = await Invitation.findOne({ where: { email, officeId, organisationId, state: 'sent' } })
  return open !== null && open.id !== id
}

async function writeLetter({ now }: Context, invitation: Invitation): Promise<void> {
  const { id, officeId, organisationId, email, name, patronymic, expiresAt } = invitation
  const link = await issueLink({
    purpose: 'invitation',
    subjectId: id,
    officeId,
    recipient: email,
    isSingleUse: true,
    expiresAt,
    now,
    revokeOlder: true,
  })
  const place = await Organisation.findByPk(organisationId ?? officeId, { rejectOnEmpty: true })
  await postMail({
    kind: 'invitation',
    dedupKey: `invitation-${link.id}`,
    officeId,
    organisationId,
    recipient: email,
    recipientName: [name, patronymic].filter(Boolean).join(' '),
    language: place.language,
    params: { invitationId: id, linkId: link.id, isReminder: false },
  })
}
