/** Owns the life of a letter: one whose fate is unknown waits for a person and is never sent again by itself. */

import { defineStates, type StateIn } from '../define-states.ts'

export const mailStates = defineStates('waiting', {
  waiting: { start: 'sending', miss_address: 'no_address' },
  sending: { accept: 'sent', postpone: 'waiting', fail: 'failed', doubt: 'uncertain' },
  // `settle` is a person's word that the letter did arrive.
  uncertain: { resend: 'waiting', settle: 'sent', bounce: 'failed' },
  failed: { resend: 'waiting' },
  no_address: { resend: 'waiting' },
  // A server far away may still give it back.
  sent: { bounce: 'failed' },
})

export type MailState = StateIn<typeof mailStates>
