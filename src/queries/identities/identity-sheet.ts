/** The papers of a person as the office sees them before it asks for more: masked, with what stands in the way. */
import type { IdentitySheet } from '../../../admin/identity-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { maskIdentity } from '../../domain/identity.ts'
import { Identity } from '../../models/identity.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { row } from '../rows.ts'
import { isNumberTaken } from './is-number-taken.ts'
import { openFacts } from './sealed-facts.ts'

/** @throws DomainError `not-found` for papers this actor may not see */
export async function identitySheet(
  actor: Actor,
  { identityId }: { identityId: number },
): Promise<IdentitySheet> {
  const identity = await Identity.findByPk(identityId)
  if (!identity || !can(actor, 'show', identity)) throw new DomainError('not-found')
  const person = await row<{ level: IdentitySheet['level']; email: string; phone: string | null }>(
    'select level, email, phone from users where id = $id',
    { id: identity.userId },
  )
  if (!person) throw new DomainError('not-found')
  return {
    ...person,
    facts: maskIdentity(openFacts(identity)),
    isNumberTaken: await isNumberTaken(identity),
    mayReveal: can(actor, 'reveal', identity),
    files: can(actor, 'download', identity)
      ? { check: identity.evidenceFileId !== null, confirmation: identity.confirmationFileId !== null }
      : { check: false, confirmation: false },
  }
}
