/** Who belongs to a client: a newcomer is accepted or refused, a person is blocked, let in again or leaves. */
import { Op } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { membershipStates } from '../../domain/states/membership.ts'
import { Membership } from '../../models/membership.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation, type Context } from '../operation.ts'

type Decision = Readonly<{ membershipId: number; reason?: string | null }>
type Verb = 'accept' | 'refuse' | 'block' | 'unblock' | 'depart'

/** What the person is told of it. */
const kinds = {
  accept: 'membership-accepted',
  unblock: 'membership-accepted',
  refuse: 'membership-refused',
  block: 'membership-closed',
  depart: 'membership-closed',
} as const

/**
 * Whoever loses a place loses it with the next request: who a session acts for is read anew each time. The account
 * itself stays open, for the same person may belong elsewhere.
 */
async function decide({ actor, now }: Context, { membershipId, reason }: Decision, verb: Verb) {
  const found = await Membership.findByPk(membershipId)
  if (!found) throw new DomainError('not-found')
  // Decisions about one organisation wait for each other, or two heads could remove one another at once.
  if (found.organisationId !== null) await Organisation.findByPk(found.organisationId, { lock: true })
  const membership = await Membership.findByPk(membershipId, { lock: true, rejectOnEmpty: true })
  authorise(actor, 'show', membership)
  const state = membershipStates.next(membership.state, verb)
  authorise(actor, verb, membership)
  const why = reason?.trim() || null
  if (why) noteReason(why)
  if (membership.state === 'active' && state !== 'active') await keepOneHead(membership)
  await membership.update({ state, reason: why, decidedBy: actor.id, decidedAt: now })
  await settleNotifications('memberships', [membership.id], now)
  // Told as the person they are, not as one of the organisation they may have just left.
  await notify({
    kind: kinds[verb],
    subjectId: membership.id,
    occasion: membership.version,
    officeId: membership.officeId,
    authorId: membership.userId,
    now,
  })
  await notifyDesk({ userId: membership.userId, topic: 'counters' })
  await notifyDesk({ userId: membership.userId, topic: 'session' })
  await notifyDesk({ officeId: membership.officeId, topic: 'counters' })
  if (membership.organisationId !== null)
    await notifyDesk({ organisationId: membership.organisationId, topic: 'counters' })
  return membership
}

/** An organisation without a head in the cabinet could neither accept anybody nor ask for anything. */
async function keepOneHead({ id, role, organisationId }: Membership): Promise<void> {
  if (role !== 'head' || organisationId === null) return
  const others = await Membership.count({
    where: { organisationId, role: 'head', state: 'active', id: { [Op.ne]: id } },
  })
  if (others === 0) throw new DomainError('last-head')
}

function withReason({ reason }: Decision): void {
  if (!reason?.trim()) throw new DomainError('invalid', {}, { reason: { code: 'required' } })
}

export const acceptMembership = operation('membership.accept', (context, input: Decision) =>
  decide(context, input, 'accept'),
)

export const refuseMembership = operation('membership.refuse', async (context, input: Decision) => {
  withReason(input)
  return decide(context, input, 'refuse')
})

export const blockMembership = operation('membership.block', async (context, input: Decision) => {
  withReason(input)
  return decide(context, input, 'block')
})

export const unblockMembership = operation('membership.unblock', (context, input: Decision) =>
  decide(context, input, 'unblock'),
)

export const departMembership = operation('membership.depart', (context, input: Decision) =>
  decide(context, input, 'depart'),
)
