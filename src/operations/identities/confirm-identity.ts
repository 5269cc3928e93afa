/** A person whose papers were found right is confirmed (S4-05): seen at a centre by somebody who is not that person. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { identityStates } from '../../domain/states/identity.ts'
import { Identity, type confirmationWays } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import type { Uploaded } from '../folder-files/upload-folder-file.ts'
import { notify } from '../notifications/notify.ts'
import { operation, type Context } from '../operation.ts'
import { cancelLetterOf } from './end-letter.ts'
import { keepEvidence } from './keep-evidence.ts'
import { setLevel } from './set-level.ts'

type Visit = Readonly<{ identityId: number; reason: string; evidence: Uploaded }>

/** @throws DomainError `invalid` without a reason: which document was seen, and where */
export const confirmAtCentre = operation(
  'identity.confirm-at-centre',
  async (context, { identityId, reason, evidence }: Visit): Promise<Identity> => {
    const identity = await Identity.findByPk(identityId, { lock: true })
    if (!identity) throw new DomainError('not-found')
    authorise(context.actor, 'confirmAtCentre', identity)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason.trim())
    identity.set({
      confirmedBy: context.actor.id,
      confirmationReason: reason.trim(),
      confirmationFileId: await keepEvidence(context, identity, evidence),
    })
    await cancelLetterOf(identity.userId, context.now)
    return confirmed(context, identity, 'centre')
  },
)

/** In the ambient transaction: by whichever way, the account becomes a confirmed one and its owner hears of it. */
export async function confirmed(
  { now }: Context,
  identity: Identity,
  way: (typeof confirmationWays)[number],
): Promise<Identity> {
  identity.set({
    state: identityStates.next(identity.state, 'confirm'),
    confirmedWay: way,
    confirmedAt: now,
  })
  await identity.save()
  const { id, userId, officeId, version } = identity
  await setLevel(userId, 'confirm')
  await notify({
    kind: 'identity-confirmed',
    subjectId: id,
    occasion: version,
    officeId,
    recipients: [userId],
    now,
  })
  await notifyDesk({ officeId, topic: 'counters' })
  await notifyDesk({ userId, topic: 'counters' })
  return identity
}
