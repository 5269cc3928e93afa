/** Texts people agree to are public where they are agreed to; nobody edits them. */
import { Agreement } from '../models/agreement.ts'
import { definePolicy } from './define-policy.ts'

export const agreementPolicy = definePolicy(Agreement, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  verbs: {},
})
