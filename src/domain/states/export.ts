/** Owns the life of an export: a file made in the background that expires by itself. */

import { defineStates, type StateIn } from '../define-states.ts'

export const exportStates = defineStates('queued', {
  queued: { start: 'running', cancel: 'cancelled' },
  // `requeue` returns the export of a worker that died to the queue.
  running: { finish: 'ready', fail: 'failed', cancel: 'cancelled', requeue: 'queued' },
  ready: { expire: 'expired' },
  failed: { retry: 'queued' },
  cancelled: {},
  expired: {},
})

export type ExportState = StateIn<typeof exportStates>
