/** The administrator decides what each role must show to sign in. */
import { SignInRule } from '../models/sign-in-rule.ts'
import { definePolicy, roles } from './define-policy.ts'

const administrator = roles('administrator')

export const signInRulePolicy = definePolicy(SignInRule, {
  scope: (actor) => (actor.role === 'administrator' || actor.role === 'system' ? {} : null),
  verbs: {
    list: administrator,
    show: administrator,
    require: (actor, rule) => administrator(actor) && (!rule || !rule.isSecondFactorRequired),
    release: (actor, rule) => administrator(actor) && (!rule || rule.isSecondFactorRequired),
  },
})
