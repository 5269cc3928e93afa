/** Invoices as the client who pays them sees them. */
import { Invoice } from '../../src/models/invoice.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from '../resources/choices.ts'

export const ourInvoices = defineResource(Invoice, {
  id: 'invoices',
  side: 'client',
  navigation: { group: 'ours', icon: 'FileText' },
  title: 'number',
  codes: ['number', 'portalOrderNumber'],
  choices: { currency: currencies },
  tones: { state: { all: { issued: 'yours', part_paid: 'yours', paid: 'done', cancelled: 'closed' } } },
  list: [
    { property: 'number', card: 'title' },
    { property: 'issuedOn', card: 'sub' },
    'dueOn',
    { property: 'totalMinor', card: 'sum' },
    'paidMinor',
    { property: 'state', card: 'state' },
    { property: 'contractId', optional: true },
    { property: 'portalOrderNumber', optional: true },
  ],
  sortable: ['issuedOn'],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'waiting', filters: { state: 'issued,part_paid' } },
    { key: 'paid', filters: { state: 'paid' } },
  ],
  filters: ['state', 'issuedOn', 'dueOn', 'paidOn', 'totalMinor', 'contractId'],
  text: 'number',
  sum: { property: 'totalMinor', currencyFrom: 'currency' },
  show: {
    component: components.CabinetInvoice,
    state: 'state',
    codes: ['number', 'portalOrderNumber'],
    sections: [
      { key: 'invoice', fields: ['contractId', 'issuedOn', 'dueOn'] },
      { key: 'amounts', fields: ['netMinor', 'vatMinor', 'totalMinor', 'paidMinor', 'paidOn'] },
    ],
    children: [{ resourceId: 'documents', foreignKey: 'invoiceId' }],
  },
})
