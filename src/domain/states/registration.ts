/** Owns the way of a newcomer: the mailbox is proved, then somebody decides, unless a link of the office has decided already. */

import { defineStates, type StateIn } from '../define-states.ts'

export const registrationStates = defineStates('unconfirmed', {
  unconfirmed: { confirm: 'waiting', admit: 'approved', expire: 'expired' },
  waiting: { approve: 'approved', refuse: 'refused' },
  approved: {},
  refused: {},
  expired: {},
})

export type RegistrationState = StateIn<typeof registrationStates>
