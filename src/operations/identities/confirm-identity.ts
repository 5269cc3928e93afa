/** A person whose papers were found right is confirmed (S4-05): seen at a centre by somebody who is not that person. */
import { DomainError } from '../../domain/errors.ts'
import { identityStates } from '../../domain/states/identity.ts'
import { Identity, type confirmationWays } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { operation, type Context } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'
import { cancelLetterOf } from './end-letter.ts'
import { setLevel } from './set-level.ts'
import { tellPerson } from './tell-person.ts'

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
    const { id: createdBy } = context.actor
    const place = { officeId: identity.officeId, createdBy, createdAt: context.now }
    identity.set({
      confirmedBy: createdBy,
      confirmationReason: reason.trim(),
      confirmationFileId: (await storeUpload(evidence, place)).id,
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
  await setLevel(identity.userId, 'confirm')
  await tellPerson('identity-confirmed', identity, now)
  return identity
}
