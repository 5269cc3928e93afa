/** «Услуги» of a client: what was paid for, how far it is, and the papers it led to. */
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from '../resources/choices.ts'

export const ourServices = defineResource(InvoiceLine, {
  id: 'invoice-lines',
  side: 'client',
  navigation: { group: 'ours', icon: 'Package' },
  title: 'name',
  codes: ['portalOrderNumber'],
  long: ['licenceText'],
  choices: { kind: ['service', 'licence', 'goods'], currency: currencies },
  tones: {
    state: {
      all: {
        paid: 'theirs',
        shipping_requested: 'theirs',
        shipped: 'theirs',
        acted: 'theirs',
        published: 'done',
      },
    },
  },
  list: [
    { property: 'name', card: 'title' },
    { property: 'invoiceId', card: 'sub' },
    'portalOrderNumber',
    'paidOn',
    'validTo',
    { property: 'totalMinor', card: 'sum' },
    { property: 'state', card: 'state' },
    { property: 'quantity', optional: true },
    { property: 'kind', optional: true },
    { property: 'shippedOn', optional: true },
  ],
  sortable: ['paidOn'],
  sort: { property: 'id', direction: 'desc' },
  filters: ['state', 'invoiceId', 'kind', 'paidOn', 'shippedOn', 'validTo'],
  text: 'name',
  show: {
    state: 'state',
    codes: ['portalOrderNumber'],
    sections: [
      { key: 'line', fields: ['invoiceId', 'name', 'kind', 'licenceText', 'seats'] },
      {
        key: 'amounts',
        fields: ['quantity', 'unit', 'priceMinor', 'netMinor', 'vatPercent', 'vatMinor', 'totalMinor'],
      },
      { key: 'life', fields: ['paidOn', 'shippedOn', 'validFrom', 'validTo'] },
    ],
  },
})
