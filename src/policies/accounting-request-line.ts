/** The lines of a request are read with it. */
import { AccountingRequestLine } from '../models/accounting-request-line.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

export const accountingRequestLinePolicy = definePolicy(AccountingRequestLine, {
  scope: ownOffice,
  verbs: {
    list: roles('administrator', 'operator', 'accountant', 'support'),
    show: roles('administrator', 'operator', 'accountant', 'support'),
  },
})
