/** Who may see and change the accounts of the staff. */
import { User } from '../models/user.ts'
import { staffRoles } from './actor.ts'
import { definePolicy, roles } from './define-policy.ts'

const administrator = roles('administrator')

export const userPolicy = definePolicy(User, {
  // People of clients are seen where they stand, in memberships; here are the colleagues.
  scope: (actor) => {
    if (actor.role === 'system') return {}
    return actor.role === 'administrator' ? { role: [...staffRoles] } : null
  },
  hidden: ['passwordHash', 'sessionVersion', 'preferences'],
  writable: ['email', 'surname', 'name', 'patronymic', 'role', 'officeId', 'language', 'timezone'],
  verbs: {
    list: administrator,
    show: administrator,
    // The first administrator of an installation is made by a program, at its console.
    new: roles('administrator', 'system'),
    edit: administrator,
    // Nobody can lock themselves out.
    block: (actor, user) =>
      administrator(actor) && (!user || (user.state === 'active' && user.id !== actor.id)),
    unblock: (actor, user) => administrator(actor) && (!user || user.state === 'blocked'),
    resetPassword: administrator,
    resetSecondFactor: administrator,
  },
})
