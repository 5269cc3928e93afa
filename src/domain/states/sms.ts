/** Owns the life of a text message: one whose fate is unknown goes out again by the hand of a person only. */

import { defineStates, type StateIn } from '../define-states.ts'

export const smsStates = defineStates('waiting', {
  waiting: { start: 'sending', miss_phone: 'no_phone' },
  sending: { accept: 'sent', postpone: 'waiting', fail: 'failed', doubt: 'uncertain' },
  // Its message in the outbox is tried again only when a person says so.
  uncertain: { start: 'sending' },
  failed: { start: 'sending' },
  no_phone: {},
  sent: {},
})

export type SmsState = StateIn<typeof smsStates>
