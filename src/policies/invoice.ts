/** Who may see, issue and settle invoices. */
import { Invoice } from '../models/invoice.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')
const members = roles('head', 'employee')

export const invoicePolicy = definePolicy(Invoice, {
  scope: ownOffice,
  hidden: ['discardedOrders'],
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
  client: {
    // A draft is the office's own business until it has a number.
    scope: ownOrganisation({ state: ['issued', 'part_paid', 'paid', 'cancelled'] }),
    columns: [
      'id',
      'organisationId',
      'sellerId',
      'contractId',
      'number',
      'issuedOn',
      'dueOn',
      'currency',
      'netMinor',
      'vatMinor',
      'totalMinor',
      'paidMinor',
      'paidOn',
      'portalOrderNumber',
      'state',
      'deletedAt',
    ],
    verbs: { list: members, show: members, print: members },
  },
})
