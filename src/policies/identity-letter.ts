/** Letters with a code: ordered by the person, printed and posted by the office. */
import { identityLetterStates } from '../domain/states/identity-letter.ts'
import { IdentityLetter } from '../models/identity-letter.ts'
import { clientRoles } from './actor.ts'
import { definePolicy, ownOffice, roles, type Rule } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')
const person = roles(...clientRoles)

type Event = Parameters<typeof identityLetterStates.can>[1]

const step =
  (event: Event): Rule<IdentityLetter> =>
  (actor, one) =>
    keepers(actor) && (!one || (one.userId !== actor.id && identityLetterStates.can(one.state, event)))

export const identityLetterPolicy = definePolicy(IdentityLetter, {
  scope: ownOffice,
  hidden: ['sealed', 'codePrint'],
  verbs: {
    list: readers,
    show: readers,
    // The address stands on the paper; no screen shows it.
    print: step('print'),
    post: step('post'),
  },
  client: {
    scope: ({ id }) => (id === null ? null : { userId: id }),
    columns: ['id', 'state', 'createdAt', 'postedAt', 'expiresAt'],
    verbs: {
      show: person,
      order: person,
      enter: person,
      cancel: (actor, one) => person(actor) && (!one || identityLetterStates.can(one.state, 'cancel')),
    },
  },
})
