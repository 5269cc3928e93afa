/** Time passes over invitations: one reminder a week before the end, and the end. */
import { Op } from 'sequelize'
import { remindedUntil } from '../../domain/invitation-term.ts'
import { invitationStates } from '../../domain/states/invitation.ts'
import { AccessLink } from '../../models/access-link.ts'
import { Invitation } from '../../models/invitation.ts'
import { Organisation } from '../../models/organisation.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'

type Limit = { limit: number }

/** Ends what is over; how many there were. What another worker holds is passed over: it is ending it already. */
export const expireInvitations = operation(
  'invitation.expire',
  async ({ now }, { limit }: Limit): Promise<number> => {
    const over = await Invitation.findAll({
      where: { state: 'sent', expiresAt: { [Op.lte]: now } },
      order: ['id'],
      limit,
      lock: true,
      skipLocked: true,
    })
    for (const invitation of over)
      await invitation.update({ state: invitationStates.next(invitation.state, 'expire') })
    return over.length
  },
)

/** One letter for each term of an invitation, with the link it has already. */
export const remindInvited = operation(
  'invitation.remind',
  async ({ now }, { limit }: Limit): Promise<number> => {
    const soon = await Invitation.findAll({
      where: {
        state: 'sent',
        remindedAt: null,
        expiresAt: { [Op.gt]: now, [Op.lte]: remindedUntil(now) },
      },
      order: ['id'],
      limit,
      lock: true,
      skipLocked: true,
    })
    for (const invitation of soon) await remind(invitation, now)
    return soon.length
  },
)

async function remind(invitation: Invitation, now: Date): Promise<void> {
  const { id, officeId, organisationId, email, name, patronymic } = invitation
  const link = await AccessLink.findOne({
    where: { purpose: 'invitation', subjectId: id, usedAt: null, revokedAt: null },
    rejectOnEmpty: true,
  })
  const place = await Organisation.findByPk(organisationId ?? officeId, { rejectOnEmpty: true })
  await postMail({
    kind: 'invitation',
    dedupKey: `invitation-reminder-${link.id}`,
    officeId,
    organisationId,
    recipient: email,
    recipientName: [name, patronymic].filter(Boolean).join(' '),
    language: place.language,
    params: { invitationId: id, linkId: link.id, isReminder: true },
  })
  await invitation.update({ remindedAt: now })
}
