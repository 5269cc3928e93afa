/** Scheduled: a request nobody answered for a day fails as timed out, so that somebody decides about it. */
import { timeOutAfterHours, timeOutRequest } from '../src/operations/accounting-requests/settle-request.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { requestsWithoutAnswer } from '../src/queries/jobs/requests-without-answer.ts'
import { defineJob } from './define-job.ts'

const requestsAtOnce = 500

export const watchAccountingRequests = defineJob({
  name: 'watch-accounting-requests',
  description: {
    ru: 'Запросы в бухгалтерию без ответа больше суток',
    en: 'Accounting requests without an answer for a day',
  },
  every: { cron: '*/5 * * * *', timezone: 'UTC' },
  timeoutMs: 4 * 60_000,
  async run({ now, signal }) {
    const deadline = new Date(now.getTime() - timeOutAfterHours * 3_600_000)
    let timedOut = 0
    for (;;) {
      const late = await requestsWithoutAnswer(deadline, requestsAtOnce)
      for (const requestId of late) {
        signal.throwIfAborted()
        await timeOutRequest(systemContext('watch-accounting-requests', now), { requestId })
        timedOut += 1
      }
      if (late.length < requestsAtOnce) return { timedOut }
    }
  },
})
