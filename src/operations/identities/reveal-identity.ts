/** Somebody of the office reads papers in full: the trail says who, when and why before they are read. */
import { DomainError } from '../../domain/errors.ts'
import type { IdentityFacts } from '../../domain/identity.ts'
import { Identity } from '../../models/identity.ts'
import { authorise } from '../../policies/define-policy.ts'
import { openFacts } from '../../queries/identities/sealed-facts.ts'
import { noteReason, recordEvents } from '../audit.ts'
import { operation } from '../operation.ts'

/** @throws DomainError `invalid` without a reason, `not-found`, `forbidden` */
export const revealIdentity = operation(
  'identity.reveal',
  async (
    { actor },
    { identityId, reason }: { identityId: number; reason: string },
  ): Promise<IdentityFacts> => {
    const identity = await Identity.findByPk(identityId)
    if (!identity) throw new DomainError('not-found')
    authorise(actor, 'reveal', identity)
    if (reason.trim().length < shortestReason)
      throw new DomainError('invalid', {}, { reason: { code: 'reason-short' } })
    noteReason(reason.trim())
    const { id, officeId } = identity
    await recordEvents('identities', [{ id, officeId, organisationId: null }], {})
    return openFacts(identity)
  },
)

// «да» is no reason.
const shortestReason = 5
