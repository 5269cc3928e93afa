/** Owns the life of a letter with a code: ordered, printed (each print has a code of its own), posted, used once. */

import { defineStates, type StateIn } from '../define-states.ts'

export const identityLetterStates = defineStates('ordered', {
  ordered: { print: 'printed', cancel: 'cancelled' },
  printed: { print: 'printed', post: 'posted', use: 'used', cancel: 'cancelled', expire: 'expired' },
  posted: { print: 'printed', use: 'used', cancel: 'cancelled', expire: 'expired' },
  used: {},
  cancelled: {},
  expired: {},
})

export type IdentityLetterState = StateIn<typeof identityLetterStates>
