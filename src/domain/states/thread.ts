/** Whose word a thread waits for: the client's question brings it back to the office whatever it was. */
import { defineStates, type StateIn } from '../define-states.ts'

export const threadStates = defineStates('waiting_office', {
  waiting_office: { ask: 'waiting_office', answer: 'waiting_client', close: 'closed' },
  waiting_client: { ask: 'waiting_office', answer: 'waiting_client', close: 'closed' },
  closed: { ask: 'waiting_office', answer: 'waiting_client', reopen: 'waiting_office' },
})

export type ThreadState = StateIn<typeof threadStates>
