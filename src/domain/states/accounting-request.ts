/** Owns the life of an accounting request: it ends only when a person acknowledges the answer. */

import { defineStates, type StateIn } from '../define-states.ts'

export const accountingRequestStates = defineStates('queued', {
  queued: { send: 'sent', fail: 'failed' },
  sent: { confirm: 'done', refuse: 'failed', time_out: 'failed', fail: 'failed' },
  done: { acknowledge: 'acknowledged' },
  failed: { retry: 'queued', acknowledge: 'acknowledged' },
  acknowledged: {},
})

export type AccountingRequestState = StateIn<typeof accountingRequestStates>
