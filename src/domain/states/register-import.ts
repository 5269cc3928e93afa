/** Owns the life of an import into the register of organisations: looked at first, then read in the background. */

import { defineStates, type StateIn } from '../define-states.ts'

export const registerImportStates = defineStates('draft', {
  draft: { run: 'queued', cancel: 'cancelled' },
  queued: { start: 'running', cancel: 'cancelled' },
  // `requeue` returns the import of a worker that died; it goes on where it was.
  running: { finish: 'done', fail: 'failed', cancel: 'cancelled', requeue: 'queued' },
  failed: { retry: 'queued', cancel: 'cancelled' },
  done: {},
  cancelled: {},
})

export type RegisterImportState = StateIn<typeof registerImportStates>
