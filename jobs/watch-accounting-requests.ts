/** Scheduled: requests nobody answered for a day fail as timed out, so that somebody decides about them. */
import { timeOutAfterHours } from '../src/domain/answer-times.ts'
import { timeOutRequests } from '../src/operations/accounting-requests/settle-request.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { defineJob } from './define-job.ts'

const requestsAtOnce = 5000

export const watchAccountingRequests = defineJob({
  name: 'watch-accounting-requests',
  description: {
    ru: 'Напоминание о запросах в бухгалтерию без ответа',
    en: 'Reminder of accounting requests without an answer',
  },
  every: { cron: '*/5 * * * *', timezone: 'UTC' },
  timeoutMs: 4 * 60_000,
  async run({ now, signal }) {
    const context = systemContext('watch-accounting-requests', now)
    const sentBefore = new Date(now.getTime() - timeOutAfterHours * 3_600_000)
    let timedOut = 0
    const drain = async () => {
      for (let count = requestsAtOnce; count === requestsAtOnce; timedOut += count) {
        signal.throwIfAborted()
        count = await timeOutRequests(context, { sentBefore, limit: requestsAtOnce })
      }
    }
    // Each passes over what the other has locked.
    await Promise.all([drain(), drain()])
    return { timedOut }
  },
})
