/** Who may see newcomers and decide about them. */
import { Registration } from '../models/registration.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const deciders = roles('administrator', 'operator')

export const registrationPolicy = definePolicy(Registration, {
  scope: ownOffice,
  hidden: ['passwordHash'],
  verbs: {
    list: readers,
    show: readers,
    approve: (actor, one) => deciders(actor) && (!one || one.state === 'waiting'),
    refuse: (actor, one) => deciders(actor) && (!one || one.state === 'waiting'),
  },
})
