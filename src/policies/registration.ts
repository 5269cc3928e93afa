/** Who may see newcomers and decide about them. */
import { Registration } from '../models/registration.ts'
import { clientRoles } from './actor.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const newcomers = roles(...clientRoles)
const deciders = roles('administrator', 'operator')

export const registrationPolicy = definePolicy(Registration, {
  scope: ownOffice,
  hidden: ['passwordHash'],
  verbs: {
    list: readers,
    show: readers,
    download: readers,
    approve: (actor, one) => deciders(actor) && (!one || one.state === 'waiting'),
    refuse: (actor, one) => deciders(actor) && (!one || one.state === 'waiting'),
  },
  // Their own wish, of which their home tells; no table of it is shown.
  client: {
    scope: ({ id }) => (id === null ? null : { userId: id }),
    columns: [],
    verbs: {
      // Whose client an organisation is already, the office decides about: a certificate tells nobody's place in it.
      sign: (actor, one) =>
        newcomers(actor) &&
        (!one || (one.state === 'waiting' && one.subject !== 'employee' && one.organisationId === null)),
      again: (actor) => actor.role === 'applicant' && actor.organisationId === null,
    },
  },
})
