/** Owns the life of an invoice; a draft is thrown away by deletion, so only an issued number is ever cancelled. */

import { defineStates, type StateIn } from '../define-states.ts'

export const invoiceStates = defineStates('draft', {
  draft: { issue: 'issued' },
  issued: { pay_part: 'part_paid', pay: 'paid', cancel: 'cancelled' },
  part_paid: { pay_part: 'part_paid', pay: 'paid', unpay: 'issued' },
  paid: { unpay_part: 'part_paid', unpay: 'issued' },
  cancelled: {},
})

export type InvoiceState = StateIn<typeof invoiceStates>
