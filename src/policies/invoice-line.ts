/** Who may see the lines and ship them. */
import { InvoiceLine } from '../models/invoice-line.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
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
})
