/** The shape of a scheduled job: one object that says what, when, in which time zone and for how long at most. */
import { checkCron } from '../src/queue/cron.ts'
import type { ScheduledJob } from '../src/queue/schedule.ts'

/** Checks the schedule at import, so that a typing error stops the process at its start. */
export function defineJob(job: ScheduledJob): ScheduledJob {
  checkCron(job.every)
  return job
}
