/** Whose papers they are reads where they stand; the office decides, and nobody about themselves. Accountants know none. */
import { identityStates } from '../domain/states/identity.ts'
import { Identity } from '../models/identity.ts'
import { clientRoles } from './actor.ts'
import { definePolicy, ownOffice, roles, type Rule } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')
const person = roles(...clientRoles)

type Event = Parameters<typeof identityStates.can>[1]

const step =
  (event: Event): Rule<Identity> =>
  (actor, one) =>
    keepers(actor) && (!one || (one.userId !== actor.id && identityStates.can(one.state, event)))

export const identityPolicy = definePolicy(Identity, {
  scope: ownOffice,
  hidden: ['sealed', 'numberPrint'],
  verbs: {
    list: readers,
    show: readers,
    pass: step('pass'),
    refuse: step('refuse'),
    // In full, with a reason that stays.
    reveal: (actor, one) => keepers(actor) && one?.userId !== actor.id,
    // What the decision stands on may hold the papers themselves.
    download: keepers,
    confirmAtCentre: step('confirm'),
    answer: roles('system'),
  },
  client: {
    scope: ({ id }) => (id === null ? null : { userId: id }),
    columns: [
      'id',
      'country',
      'state',
      'submittedAt',
      'decidedAt',
      'toldReason',
      'confirmedWay',
      'confirmedAt',
    ],
    verbs: {
      show: person,
      submit: (actor, one) => person(actor) && (!one || identityStates.can(one.state, 'submit')),
      // With a certificate of their own, once the papers were found right.
      sign: (actor, one) => person(actor) && (!one || identityStates.can(one.state, 'confirm')),
      withdraw: (actor, one) => person(actor) && (!one || identityStates.can(one.state, 'withdraw')),
    },
  },
})
