/** Owns the life of a document: once ready it is never edited, only published or cancelled by a replacement. */

import { defineStates, type StateIn } from '../define-states.ts'

export const documentStates = defineStates('generating', {
  generating: { finish: 'ready', fail: 'failed' },
  ready: { publish: 'published', cancel: 'cancelled' },
  published: { cancel: 'cancelled' },
  failed: { retry: 'generating' },
  cancelled: {},
})

export type DocumentState = StateIn<typeof documentStates>
