/** Text messages are the program's own: the console of jobs tells of those in trouble. */
import { Sms } from '../models/sms.ts'
import { definePolicy } from './define-policy.ts'

export const smsPolicy = definePolicy(Sms, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  hidden: ['params', 'phone'],
  verbs: {},
})
