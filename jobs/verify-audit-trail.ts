/** Scheduled: every night the chain of the audit trail is walked from its beginning. */
import { verifyAuditTrail } from '../src/operations/audit-chain.ts'
import { PermanentFailure } from '../src/queue/failure.ts'
import { defineJob } from './define-job.ts'

export const verifyAudit = defineJob({
  name: 'verify-audit-trail',
  description: { ru: 'Проверка журнала изменений', en: 'Verification of the audit trail' },
  every: { cron: '30 2 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 2 * 3_600_000,
  async run({ signal }) {
    const { verified, broken, head } = await verifyAuditTrail(signal)
    // A broken trail must turn the console red, and stay so: the job fails.
    if (broken)
      throw new PermanentFailure(broken.fault, `audit_events ${broken.eventId ?? 'none'}: ${broken.fault}`)
    return { verified, head }
  },
})
