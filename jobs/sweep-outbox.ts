/** Scheduled: messages and batches that a dead worker left behind go on. */
import { pool } from '../src/db/pool.ts'
import { closeBatches } from '../src/queue/batch.ts'
import { sweepExpired } from '../src/queue/settle.ts'
import { defineJob } from './define-job.ts'
import { handlers } from './handlers.ts'

export const sweepOutbox = defineJob({
  name: 'sweep-outbox',
  description: {
    ru: 'Возврат в очередь того, что не доделал остановившийся процесс',
    en: 'Return to the queue of what a stopped worker left unfinished',
  },
  every: { cron: '* * * * *', timezone: 'UTC' },
  timeoutMs: 60_000,
  async run() {
    const swept = await sweepExpired(handlers)
    await closeBatches(pool())
    return swept
  },
})
