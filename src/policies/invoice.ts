/** Who may see, issue and settle invoices. */
import { Invoice } from '../models/invoice.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')

export const invoicePolicy = definePolicy(Invoice, {
  scope: ownOffice,
  writable: ['organisationId', 'contractId', 'dueOn', 'portalOrderNumber'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, record) =>
      keepers(actor) && (!record || (record.deletedAt === null && record.state === 'draft')),
    delete: (actor, record) =>
      keepers(actor) && (!record || (record.deletedAt === null && record.state === 'draft')),
    restore: (actor, record) => keepers(actor) && (!record || record.deletedAt !== null),
    issue: (actor, record) => keepers(actor) && (!record || record.state === 'draft'),
    recordPayment: (actor, record) =>
      roles('administrator', 'operator', 'accountant')(actor) &&
      (!record || record.state === 'issued' || record.state === 'part_paid'),
    cancel: (actor, record) => keepers(actor) && (!record || record.state === 'issued'),
    print: readers,
    export: readers,
  },
})
