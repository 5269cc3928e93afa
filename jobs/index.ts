/** Catalogue: every scheduled job of the worker. */
import type { ScheduledJob } from '../src/queue/schedule.ts'
import { checkFiles } from './check-files.ts'
import { dailyDigest } from './daily-digest.ts'
import { dropStaleImports } from './drop-stale-imports.ts'
import { expireExports } from './expire-exports.ts'
import { expireInvitations } from './expire-invitations.ts'
import { importBouncesJob } from './import-bounces.ts'
import { mailRegisters } from './mail-registers.ts'
import { remindUnpaidInvoices } from './remind-unpaid-invoices.ts'
import { reseal } from './reseal-data.ts'
import { retention } from './retention.ts'
import { sealAudit } from './seal-audit-trail.ts'
import { sweepOutbox } from './sweep-outbox.ts'
import { tellOverdueInvoices } from './tell-overdue-invoices.ts'
import { verifyAudit } from './verify-audit-trail.ts'
import { watchAccountingRequests } from './watch-accounting-requests.ts'
import { watchJobs } from './watch-jobs.ts'
import { watchThreads } from './watch-threads.ts'

export const jobs: ScheduledJob[] = [
  sweepOutbox,
  watchAccountingRequests,
  watchThreads,
  remindUnpaidInvoices,
  tellOverdueInvoices,
  mailRegisters,
  dailyDigest,
  importBouncesJob,
  expireExports,
  dropStaleImports,
  expireInvitations,
  sealAudit,
  verifyAudit,
  checkFiles,
  reseal,
  retention,
  watchJobs,
]
