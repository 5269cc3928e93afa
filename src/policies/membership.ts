/** Who may see the people of a client and decide about their standing. */
import { Membership } from '../models/membership.ts'
import type { Actor } from './actor.ts'
import { definePolicy, ownOffice, ownOrganisation, roles, type Rule } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')
const head = roles('head')

/** Each decision fits one state, and nobody decides about their own standing. */
const decisions = (may: (actor: Actor) => boolean): Record<string, Rule<Membership>> => {
  const when =
    (...states: Membership['state'][]): Rule<Membership> =>
    (actor, one) =>
      may(actor) && (!one || (states.includes(one.state) && one.userId !== actor.id))
  return {
    accept: when('pending'),
    refuse: when('pending'),
    block: when('active'),
    unblock: when('blocked'),
    depart: when('active', 'blocked'),
  }
}

export const membershipPolicy = definePolicy(Membership, {
  scope: ownOffice,
  verbs: { list: readers, show: readers, ...decisions(keepers) },
  client: {
    scope: ownOrganisation(),
    columns: ['id', 'userId', 'organisationId', 'role', 'state', 'reason', 'decidedAt', 'createdAt'],
    verbs: { list: head, show: head, ...decisions(head) },
  },
})
