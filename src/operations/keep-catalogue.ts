/** Keeping what the office itself owns: products, VAT rates and scheduled registers. */
import { DomainError } from '../domain/errors.ts'
import { checkEmail } from '../domain/requisites/contacts.ts'
import { Product } from '../models/product.ts'
import { ReportSchedule } from '../models/report-schedule.ts'
import { keepRecords } from './keep-record.ts'

export const productKeeping = keepRecords('product', Product, (product) => {
  // A product is taxed by a rate or exempt for a stated reason, never neither and never both.
  if ((product.vatCode ?? null) === null && !product.vatExemption?.trim())
    throw new DomainError('invalid', {}, { vatExemption: { code: 'vat-reason-missing' } })
  if ((product.vatCode ?? null) !== null) product.vatExemption = null
})

export const reportScheduleKeeping = keepRecords('report-schedule', ReportSchedule, (schedule) => {
  const checked = schedule.recipients.map((address) => checkEmail(address))
  if (checked.length === 0 || checked.some(({ fault }) => fault))
    throw new DomainError('invalid', {}, { recipients: { code: 'email-format' } })
  schedule.recipients = checked.map(({ value }) => value ?? '')
})
