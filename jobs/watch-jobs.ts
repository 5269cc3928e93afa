/** Scheduled: administrators and support are told of jobs that are late or failed. */
import { tellOfJobs } from '../src/operations/jobs/tell-of-jobs.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { defineJob } from './define-job.ts'

export const watchJobs = defineJob({
  name: 'watch-jobs',
  description: { ru: 'Поиск опаздывающих заданий', en: 'Search for late jobs' },
  every: { cron: '*/5 * * * *', timezone: 'UTC' },
  timeoutMs: 60_000,
  run: async ({ now }) => ({ told: await tellOfJobs(systemContext('watch-jobs', now), null) }),
})
