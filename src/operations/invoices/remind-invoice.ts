/** A polite letter about an invoice nobody has paid: each step at most once, and none after payment. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { today } from '../../domain/calendar.ts'
import { reminderStepOn, type ReminderStep } from '../../domain/payment-terms.ts'
import { Invoice } from '../../models/invoice.ts'
import { Organisation } from '../../models/organisation.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'

/** The step that was taken, or null: paid meanwhile, not due yet, or reminded already. */
export const remindInvoice = operation(
  'invoice.remind',
  async ({ now }, { invoiceId }: { invoiceId: number }): Promise<ReminderStep | null> => {
    // Locked, so that a payment recorded in this very moment is seen, or waits until the letter is written.
    const invoice = await Invoice.findByPk(invoiceId, { lock: true })
    if (!invoice?.dueOn || (invoice.state !== 'issued' && invoice.state !== 'part_paid')) return null
    const customer = await Organisation.findByPk(invoice.organisationId, { rejectOnEmpty: true })
    const step = reminderStepOn(invoice.dueOn, today(customer.timezone, now))
    if (step === null) return null
    const claimed = await sequelize.query(
      'insert into invoice_reminders (invoice_id, step) values ($1, $2) on conflict do nothing returning step',
      { type: QueryTypes.SELECT, bind: [invoice.id, step] },
    )
    if (claimed.length === 0) return null
    await postMail({
      kind: 'invoice-reminder',
      dedupKey: `invoice-reminder:${invoice.id}:${step}`,
      officeId: invoice.officeId,
      organisationId: customer.id,
      recipient: customer.email,
      recipientName: customer.headName,
      language: customer.language,
      params: { invoiceId: invoice.id, step },
    })
    return step
  },
)
