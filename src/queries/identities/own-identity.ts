/** A person's own papers: how far they came, masked; in full only for the form that corrects them. */
import type { OwnIdentity } from '../../../admin/identity-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentKinds, maskIdentity, type IdentityFacts } from '../../domain/identity.ts'
import { takesSignatures } from '../../identity/define-verifier.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { Identity } from '../../models/identity.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { row } from '../rows.ts'
import { ownContact } from '../users/own-contact.ts'
import { openFacts } from './sealed-facts.ts'

const ownRow = ({ id }: Actor): Promise<Identity | null> =>
  id === null ? Promise.resolve(null) : Identity.findOne({ where: { userId: id } })

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function ownIdentity(actor: Actor, when: { hasSms: boolean; now: Date }): Promise<OwnIdentity> {
  const contact = await ownContact(actor, when)
  const person = await row<Pick<OwnIdentity, 'level'>>('select level from users where id = $id', {
    id: actor.id,
  })
  if (!person) throw new DomainError('forbidden')
  const identity = await ownRow(actor)
  return {
    ...contact,
    level: person.level,
    hasOffice: actor.officeId !== null,
    documentKinds,
    papers: identity && {
      state: identity.state,
      country: identity.country,
      facts: maskIdentity(openFacts(identity)),
      submittedAt: identity.submittedAt.toISOString(),
      decidedAt: iso(identity.decidedAt),
      reason: identity.toldReason,
      confirmedAt: iso(identity.confirmedAt),
      confirmedWay: identity.confirmedWay,
    },
    letter: await ownLetter(actor),
    mayOrderLetter: identity?.state === 'checked' && can(actor, 'order', IdentityLetter),
    maySign: identity !== null && can(actor, 'sign', identity) && takesSignatures(identity.country),
    maySubmit: can(actor, 'submit', identity ?? Identity),
    mayWithdraw: identity !== null && can(actor, 'withdraw', identity),
  }
}

async function ownLetter({ id }: Actor): Promise<OwnIdentity['letter']> {
  const letter = await IdentityLetter.findOne({ where: { userId: id ?? 0 }, order: [['id', 'desc']] })
  return (
    letter && {
      state: letter.state,
      orderedAt: letter.createdAt.toISOString(),
      postedAt: iso(letter.postedAt),
      expiresAt: iso(letter.expiresAt),
    }
  )
}

/** Their own facts in the clear, to be corrected. @throws DomainError `not-found` before any were told */
export async function ownFacts(actor: Actor): Promise<IdentityFacts> {
  const identity = await ownRow(actor)
  if (!identity || !can(actor, 'submit', identity)) throw new DomainError('not-found')
  return openFacts(identity)
}
