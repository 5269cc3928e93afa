/** Scheduled: new events of the audit trail join the chain. */
import { sealAuditTrail } from '../src/operations/audit-chain.ts'
import { defineJob } from './define-job.ts'

export const sealAudit = defineJob({
  name: 'seal-audit-trail',
  description: { ru: 'Опечатывание журнала изменений', en: 'Sealing of the audit trail' },
  every: { cron: '* * * * *', timezone: 'UTC' },
  timeoutMs: 5 * 60_000,
  run: async ({ signal }) => ({ sealed: await sealAuditTrail(signal) }),
})
