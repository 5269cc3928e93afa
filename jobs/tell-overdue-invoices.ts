/** Scheduled: operators are told in the morning when more invoices of their office became overdue. */
import { tellOfOverdue } from '../src/operations/invoices/tell-of-overdue.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { defineJob } from './define-job.ts'

export const tellOverdueInvoices = defineJob({
  name: 'tell-overdue-invoices',
  description: { ru: 'Уведомления о просроченных счетах', en: 'Notifications of overdue invoices' },
  every: { cron: '0 8 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 10 * 60_000,
  run: async ({ now }) => ({ told: await tellOfOverdue(systemContext('tell-overdue-invoices', now), null) }),
})
