/** Payments are recorded through their invoice and only read by themselves. */
import { Payment } from '../models/payment.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

export const paymentPolicy = definePolicy(Payment, {
  scope: ownOffice,
  verbs: {
    list: roles('administrator', 'operator', 'accountant', 'support'),
    show: roles('administrator', 'operator', 'accountant', 'support'),
  },
})
