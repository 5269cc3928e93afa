/** Owns the life of a queued message: claimed under a lease, finished, tried again, or left for a person. */

import { defineStates } from '../define-states.ts'

export const outboxMessageStates = defineStates('new', {
  new: { claim: 'work' },
  work: { finish: 'done', postpone: 'new', give_up: 'dead', doubt: 'uncertain' },
  // `skip` is a person's decision that the work is no longer wanted.
  dead: { retry: 'new', skip: 'done' },
  uncertain: { retry: 'new', skip: 'done' },
  done: {},
})
