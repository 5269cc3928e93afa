/** Owns the way of a person's papers: told, checked by somebody or some register, confirmed by sight; told anew, checked anew. */

import { defineStates, type StateIn } from '../define-states.ts'

export const identityStates = defineStates('waiting', {
  waiting: { pass: 'checked', refuse: 'refused', withdraw: 'withdrawn' },
  refused: { submit: 'waiting' },
  withdrawn: { submit: 'waiting' },
  checked: { confirm: 'confirmed', submit: 'waiting' },
  confirmed: { submit: 'waiting' },
})

export type IdentityState = StateIn<typeof identityStates>
