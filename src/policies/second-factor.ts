/** Second factors are nobody's reading: the secret leaves the server once, when it is made. */
import { SecondFactor } from '../models/second-factor.ts'
import { definePolicy } from './define-policy.ts'

export const secondFactorPolicy = definePolicy(SecondFactor, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  hidden: ['secret', 'lastStep'],
  verbs: {},
})
