/** What each role must show to sign in; decided by the administrator. */
import { SignInRule } from '../../src/models/sign-in-rule.ts'
import { releaseSecondFactor, requireSecondFactor } from '../../src/operations/users/sign-in-rules.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'

export const signInRules = defineResource(SignInRule, {
  id: 'sign-in-rules',
  navigation: { group: 'system', icon: 'Shield' },
  title: 'role',
  choices: { role: ['administrator', 'operator', 'accountant', 'support', 'client'] },
  list: [
    { property: 'role', card: 'title' },
    { property: 'isSecondFactorRequired', card: 'sub' },
    'updatedAt',
  ],
  sortable: [],
  sort: { property: 'id', direction: 'asc' },
  filters: ['isSecondFactorRequired'],
  show: {
    sections: [{ key: 'rule', fields: ['role', 'isSecondFactorRequired', 'updatedAt'] }],
    steps: ['require', 'release'],
  },
  actions: [
    recordAction({ name: 'require', icon: 'Shield', confirm: true }, async (request, ruleId) => {
      await requireSecondFactor(request, { ruleId })
    }),
    recordAction({ name: 'release', icon: 'ShieldOff', confirm: true }, async (request, ruleId) => {
      await releaseSecondFactor(request, { ruleId })
    }),
  ],
})
