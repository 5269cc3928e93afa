/** Who may see and change the table of VAT rates. */
import { VatRate } from '../models/vat-rate.ts'
import { definePolicy, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const administrator = roles('administrator')

export const vatRatePolicy = definePolicy(VatRate, {
  scope: (actor) => (readers(actor) || actor.role === 'system' ? {} : null),
  writable: ['country', 'code', 'ratePercent', 'validFrom', 'validTo'],
  verbs: { list: readers, show: readers, new: administrator, edit: administrator },
})
