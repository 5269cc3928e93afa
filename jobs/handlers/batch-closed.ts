/** Message `batch.closed`: the author of a batch hears how it ended. */
import { tellOfBatch } from '../../src/operations/documents/tell-of-batch.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { defineHandler } from '../../src/queue/handlers.ts'

export const batchClosed = defineHandler('batch.closed', {
  concurrency: 2,
  run: ({ payload }) => tellOfBatch(systemContext('batch.closed'), payload),
})
