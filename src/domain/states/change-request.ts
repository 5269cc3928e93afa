/** Owns the life of a client's wish to change its own requisites: somebody of the staff decides, once. */

import { defineStates, type StateIn } from '../define-states.ts'

export const changeRequestStates = defineStates('pending', {
  pending: { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' },
  accepted: {},
  refused: {},
  withdrawn: {},
})

export type ChangeRequestState = StateIn<typeof changeRequestStates>
