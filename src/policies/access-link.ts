/** Personal links are nobody's reading: not even their hashes leave the server. */
import { AccessLink } from '../models/access-link.ts'
import { definePolicy } from './define-policy.ts'

export const accessLinkPolicy = definePolicy(AccessLink, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  hidden: ['tokenHash'],
  verbs: {},
})
