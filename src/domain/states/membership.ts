/** Owns the standing of a person at an organisation: somebody decides about it, and it ends without being forgotten. */

import { defineStates, type StateIn } from '../define-states.ts'

export const membershipStates = defineStates('pending', {
  pending: { accept: 'active', refuse: 'refused', withdraw: 'departed' },
  active: { block: 'blocked', depart: 'departed' },
  blocked: { unblock: 'active', depart: 'departed' },
  refused: {},
  departed: {},
})

export type MembershipState = StateIn<typeof membershipStates>
