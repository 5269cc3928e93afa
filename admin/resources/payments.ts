/** Payments as they were recorded through their invoices. */
import { Payment } from '../../src/models/payment.ts'
import { defineResource } from '../define-resource.ts'

export const payments = defineResource(Payment, {
  id: 'payments',
  navigation: { group: 'shipping', icon: 'CreditCard' },
  title: 'number',
  codes: ['number'],
  list: [
    { property: 'paidOn', card: 'state' },
    { property: 'number', card: 'title' },
    { property: 'organisationId', card: 'sub' },
    'invoiceId',
    { property: 'amountMinor', card: 'sum' },
    { property: 'comment', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['organisationId', 'invoiceId', 'paidOn', 'amountMinor'],
  show: {
    sections: [
      {
        key: 'payment',
        fields: ['organisationId', 'invoiceId', 'amountMinor', 'paidOn', 'number', 'comment', 'createdAt'],
      },
    ],
  },
})
