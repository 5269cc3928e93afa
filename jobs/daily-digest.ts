/** Scheduled: at half past eight of their own morning people get one letter about what waits and what happened. */
import { postDigest } from '../src/operations/notifications/post-digest.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { dueDigests } from '../src/queries/notifications/digest.ts'
import { defineJob } from './define-job.ts'

const peopleAtOnce = 500

export const dailyDigest = defineJob({
  name: 'daily-digest',
  description: { ru: 'Утренние сводки', en: 'Morning digests' },
  // Zones differ by quarters of an hour.
  every: { cron: '*/5 * * * *', timezone: 'UTC' },
  timeoutMs: 30 * 60_000,
  async run({ now, signal }) {
    let posted = 0
    for (;;) {
      const due = await dueDigests(now, peopleAtOnce)
      for (const one of due) {
        signal.throwIfAborted()
        if (await postDigest(systemContext('daily-digest', now), one)) posted += 1
      }
      if (due.length < peopleAtOnce) return { posted }
    }
  },
})
