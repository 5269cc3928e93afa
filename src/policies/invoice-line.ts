/** Who may see the lines and ship them. */
import { InvoiceLine } from '../models/invoice-line.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const members = roles('head', 'employee')
const shippers = roles('administrator', 'operator')

export const invoiceLinePolicy = definePolicy(InvoiceLine, {
  scope: ownOffice,
  hidden: ['searchName'],
  writable: ['comment'],
  verbs: {
    list: readers,
    show: readers,
    edit: shippers,
    requestShipment: (actor, line) => shippers(actor) && (!line || line.state === 'paid'),
    generateDocuments: (actor, line) =>
      shippers(actor) &&
      (!line || line.state === 'shipped' || line.state === 'acted' || line.state === 'published'),
    publishDocuments: (actor, line) => shippers(actor) && (!line || line.state === 'acted'),
    cancel: (actor, line) => shippers(actor) && (!line || line.state === 'ordered' || line.state === 'paid'),
    export: readers,
  },
  client: {
    // What is ordered and not paid is read on its invoice; a line of a draft must not be told.
    scope: ownOrganisation({ state: ['paid', 'shipping_requested', 'shipped', 'acted', 'published'] }),
    columns: [
      'id',
      'organisationId',
      'invoiceId',
      'position',
      'name',
      'kind',
      'unit',
      'quantity',
      'priceMinor',
      'currency',
      'vatPercent',
      'netMinor',
      'vatMinor',
      'totalMinor',
      'licenceText',
      'seats',
      'validFrom',
      'validTo',
      'portalOrderNumber',
      'state',
      'paidOn',
      'shippedOn',
      'deletedAt',
    ],
    verbs: { list: members, show: members },
  },
})
