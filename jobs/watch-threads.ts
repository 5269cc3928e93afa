/** Scheduled: questions of clients that have waited longer than a working day are marked and told to whoever answers. */
import { systemContext } from '../src/operations/system-context.ts'
import { officesThatOwe, tellOfLateThreads } from '../src/operations/threads/tell-of-late-threads.ts'
import { defineJob } from './define-job.ts'

const threadsAtOnce = 500

export const watchThreads = defineJob({
  name: 'watch-threads',
  description: {
    ru: 'Напоминание о вопросах клиентов без ответа',
    en: 'Reminder of clients’ questions without an answer',
  },
  every: { cron: '*/10 * * * *', timezone: 'UTC' },
  timeoutMs: 9 * 60_000,
  async run({ now, signal }) {
    const context = systemContext('watch-threads', now)
    let late = 0
    for (const { officeId } of await officesThatOwe()) {
      for (let count = threadsAtOnce; count === threadsAtOnce; late += count) {
        signal.throwIfAborted()
        count = await tellOfLateThreads(context, { officeId, limit: threadsAtOnce })
      }
    }
    return { late }
  },
})
