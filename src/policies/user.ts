/** Who may see and change accounts: of the staff, and as far as closing them goes, of clients. */
import { User } from '../models/user.ts'
import { definePolicy, roles } from './define-policy.ts'

const administrator = roles('administrator')

export const userPolicy = definePolicy(User, {
  scope: (actor) => (actor.role === 'administrator' || actor.role === 'system' ? {} : null),
  hidden: ['passwordHash', 'sessionVersion', 'preferences'],
  writable: ['email', 'surname', 'name', 'patronymic', 'role', 'officeId', 'language', 'timezone'],
  verbs: {
    list: administrator,
    show: administrator,
    // The first administrator of an installation is made by a program, at its console.
    new: roles('administrator', 'system'),
    // What a client may do is said by memberships, and their name by themselves: there is nothing to edit here.
    edit: (actor, user) => administrator(actor) && user?.role !== 'client',
    // Nobody can lock themselves out.
    block: (actor, user) =>
      administrator(actor) && (!user || (user.state === 'active' && user.id !== actor.id)),
    unblock: (actor, user) => administrator(actor) && (!user || user.state === 'blocked'),
    resetPassword: administrator,
    resetSecondFactor: administrator,
  },
})
