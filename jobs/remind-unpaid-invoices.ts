/** Scheduled: letters about unpaid invoices, three days before the due day and one, seven and fourteen after it. */
import { remindInvoice } from '../src/operations/invoices/remind-invoice.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { invoicesToRemind } from '../src/queries/jobs/invoices-to-remind.ts'
import { defineJob } from './define-job.ts'

const invoicesAtOnce = 500

export const remindUnpaidInvoices = defineJob({
  name: 'remind-unpaid-invoices',
  description: { ru: 'Напоминания о неоплаченных счетах', en: 'Reminders of unpaid invoices' },
  every: { cron: '0 9 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 60 * 60_000,
  async run({ now, signal }) {
    let reminded = 0
    let last = 0
    for (;;) {
      const ids = await invoicesToRemind(last, invoicesAtOnce, now)
      for (const invoiceId of ids) {
        signal.throwIfAborted()
        if (await remindInvoice(systemContext('remind-unpaid-invoices', now), { invoiceId })) reminded += 1
      }
      last = ids.at(-1) ?? last
      if (ids.length < invoicesAtOnce) return { reminded }
    }
  },
})
