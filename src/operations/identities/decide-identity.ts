/** Papers are found right or not: by somebody of the office with a reason and something to show for it, or by a register. */
import { UniqueConstraintError } from 'sequelize'
import { DomainError } from '../../domain/errors.ts'
import { identityStates } from '../../domain/states/identity.ts'
import type { IdentityOutcome } from '../../identity/define-checker.ts'
import { Identity } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { isNumberTaken } from '../../queries/identities/is-number-taken.ts'
import { closeFacts, openFacts } from '../../queries/identities/sealed-facts.ts'
import { noteReason } from '../audit.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation, type Context } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'
import { setLevel } from './set-level.ts'
import { tellPerson } from './tell-person.ts'

type Decision = Readonly<{ identityId: number; reason: string }>

async function decidable({ actor }: Context, { identityId, reason }: Decision, verb: 'pass' | 'refuse') {
  const identity = await Identity.findByPk(identityId, { lock: true })
  if (!identity) throw new DomainError('not-found')
  authorise(actor, verb, identity)
  if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
  noteReason(reason.trim())
  return identity
}

/**
 * The account becomes a standard one.
 * @throws DomainError `identity-taken` when the number was found to be somebody else's
 */
export const passIdentity = operation(
  'identity.pass',
  async (context, input: Decision & { evidence: Uploaded }): Promise<Identity> => {
    const identity = await decidable(context, input, 'pass')
    const { id: createdBy } = context.actor
    const place = { officeId: identity.officeId, createdBy, createdAt: context.now }
    identity.set({
      decidedBy: createdBy,
      decisionReason: input.reason.trim(),
      evidenceFileId: (await storeUpload(input.evidence, place)).id,
    })
    return pass(context, identity)
  },
)

/** The person reads the reason, unless the number is somebody else's: then only that the office has to be asked. */
export const refuseIdentity = operation(
  'identity.refuse',
  async (context, input: Decision): Promise<Identity> => {
    const identity = await decidable(context, input, 'refuse')
    const reason = input.reason.trim()
    await identity.update({
      state: identityStates.next(identity.state, 'refuse'),
      decidedBy: context.actor.id,
      decidedAt: context.now,
      decisionReason: reason,
      toldReason: (await isNumberTaken(identity)) ? null : reason,
    })
    await tell(context, identity, 'identity-refused')
    return identity
  },
)

/** What a register found; null when there was none to ask. */
type CheckAnswer = Readonly<{ source: string; outcome: IdentityOutcome }> | null

/**
 * A register may find papers right. It refuses nobody: whatever else it says, somebody of the office decides. Papers
 * that were told anew or taken back meanwhile are left alone.
 */
export const answerIdentityCheck = operation(
  'identity.answer',
  async (context, input: { identityId: number; version: number; answer: CheckAnswer }): Promise<void> => {
    const identity = await Identity.findByPk(input.identityId, { lock: true, rejectOnEmpty: true })
    authorise(context.actor, 'answer', identity)
    if (identity.state !== 'waiting' || identity.version !== input.version) return
    const { answer } = input
    if (answer) {
      identity.set({
        answerSource: answer.source,
        answerOutcome: answer.outcome,
        answeredAt: context.now,
      })
      if (answer.outcome === 'matches' && !(await isNumberTaken(identity))) {
        await pass(context, identity)
        return
      }
      await identity.save()
    }
    await notify({
      kind: 'identity-waiting',
      subjectId: identity.id,
      occasion: input.version,
      officeId: identity.officeId,
      now: context.now,
    })
  },
)

async function pass(context: Context, identity: Identity): Promise<Identity> {
  if (await isNumberTaken(identity)) throw new DomainError('identity-taken')
  identity.set({
    // Under the current key, so that the constraint compares what is alike also in the middle of a rotation.
    ...closeFacts(identity.userId, openFacts(identity)),
    state: identityStates.next(identity.state, 'pass'),
    decidedAt: context.now,
  })
  try {
    await identity.save()
  } catch (fault) {
    if (fault instanceof UniqueConstraintError) throw new DomainError('identity-taken')
    throw fault
  }
  await setLevel(identity.userId, 'verify')
  await tell(context, identity, 'identity-checked')
  return identity
}

async function tell(
  { now }: Context,
  identity: Identity,
  kind: 'identity-checked' | 'identity-refused',
): Promise<void> {
  // The office has nothing to decide any more.
  await settleNotifications('identities', [identity.id], now)
  await tellPerson(kind, identity, now)
}
