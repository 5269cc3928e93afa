/** Who may open the office to applicants by a link. */
import { RegistrationLink } from '../models/registration-link.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')

export const registrationLinkPolicy = definePolicy(RegistrationLink, {
  scope: ownOffice,
  writable: ['title', 'expiresAt'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    copy: (actor, link) => keepers(actor) && (!link || link.revokedAt === null),
    revoke: (actor, link) => keepers(actor) && (!link || link.revokedAt === null),
  },
})
