/** Keeping what the office itself owns: products, VAT rates and scheduled registers. */
import { Op } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import { homeCurrency } from '../domain/requisites/country.ts'
import { checkEmail } from '../domain/requisites/contacts.ts'
import { Organisation } from '../models/organisation.ts'
import { Product } from '../models/product.ts'
import { ReportSchedule } from '../models/report-schedule.ts'
import { VatRate } from '../models/vat-rate.ts'
import { keepRecords } from './keep-record.ts'

export const productKeeping = keepRecords('product', Product, async (product) => {
  if (!product.currency) product.currency = homeCurrency[(await officeOf(product)).country]
  // A product is taxed by a rate or exempt for a stated reason, never neither and never both.
  if ((product.vatCode ?? null) === null && !product.vatExemption?.trim())
    throw new DomainError('invalid', {}, { vatExemption: { code: 'vat-reason-missing' } })
  if ((product.vatCode ?? null) !== null) product.vatExemption = null
})

const officeOf = ({ officeId }: Product): Promise<Organisation> =>
  Organisation.findByPk(officeId, { rejectOnEmpty: true })

/** The last day of a rate without an end. */
const endless = '9999-12-31'

/** Of one kind and country one rate is in force on a day; the database keeps the same rule for those who race. */
export const vatRateKeeping = keepRecords('vat-rate', VatRate, async (rate) => {
  const percent = Number(rate.ratePercent)
  if (!(percent >= 0 && percent < 100))
    throw new DomainError('invalid', {}, { ratePercent: { code: 'vat-percent' } })
  if (rate.validTo !== null && rate.validTo < rate.validFrom)
    throw new DomainError('invalid', {}, { validTo: { code: 'day-before-start' } })
  const other = await VatRate.findOne({
    where: {
      country: rate.country,
      code: rate.code,
      validFrom: { [Op.lte]: rate.validTo ?? endless },
      validTo: { [Op.or]: [null, { [Op.gte]: rate.validFrom }] },
      ...(rate.isNewRecord ? {} : { id: { [Op.ne]: rate.id } }),
    },
    order: ['validFrom'],
  })
  if (!other) return
  const { ratePercent, validFrom: from, validTo: to } = other
  const rule = to === null ? 'vat-rate-open' : 'vat-rate-overlaps'
  const params = { percent: String(Number(ratePercent)), from, ...(to !== null && { to }) }
  throw new DomainError('invalid', {}, { validFrom: { code: rule, params } })
})

export const reportScheduleKeeping = keepRecords('report-schedule', ReportSchedule, (schedule) => {
  const checked = schedule.recipients.map((address) => checkEmail(address))
  if (checked.length === 0 || checked.some(({ fault }) => fault))
    throw new DomainError('invalid', {}, { recipients: { code: 'email-format' } })
  schedule.recipients = checked.map(({ value }) => value ?? '')
})
