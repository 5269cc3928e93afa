/** Scheduled: invitations end after sixty days, with one reminder a week before (S4-08); so do registrations nobody confirmed. */
import {
  expireInvitations as expire,
  remindInvited,
} from '../src/operations/invitations/expire-invitations.ts'
import { expireRegistrations } from '../src/operations/registrations/expire-registrations.ts'
import type { Context } from '../src/operations/operation.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { defineJob } from './define-job.ts'

const atOnce = 200

export const expireInvitations = defineJob({
  name: 'expire-invitations',
  description: {
    ru: 'Напоминание о приглашениях и завершение истёкших',
    en: 'Reminders of invitations and the end of expired ones',
  },
  every: { cron: '5 * * * *', timezone: 'UTC' },
  timeoutMs: 10 * 60_000,
  async run({ now, signal }) {
    const all = async (step: (context: Context, input: { limit: number }) => Promise<number>) => {
      let total = 0
      for (let count = atOnce; count === atOnce; total += count) {
        signal.throwIfAborted()
        count = await step(systemContext('expire-invitations', now), { limit: atOnce })
      }
      return total
    }
    return {
      expired: await all(expire),
      reminded: await all(remindInvited),
      forgotten: await all(expireRegistrations),
    }
  },
})
