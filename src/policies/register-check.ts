/** Who may ask the register of organisations: staff, and the system for a visitor who registers. */
import { RegisterCheck } from '../models/register-check.ts'
import { definePolicy, roles } from './define-policy.ts'

export const registerCheckPolicy = definePolicy(RegisterCheck, {
  // Answers are reached by asking about one tax id, never by reading what others have asked.
  scope: (actor) => (actor.role === 'system' ? {} : null),
  verbs: {
    lookUp: roles('administrator', 'operator', 'accountant', 'support', 'system'),
  },
})
