/** People of a client order from the catalogue; the staff of the office turn the order into an invoice or refuse it. */
import { OrderRequest } from '../models/order-request.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')
const members = roles('head', 'employee')
const isOpen = (order?: OrderRequest) => !order || order.state === 'placed'

export const orderRequestPolicy = definePolicy(OrderRequest, {
  scope: ownOffice,
  verbs: {
    list: readers,
    show: readers,
    invoice: (actor, order) => keepers(actor) && isOpen(order),
    refuse: (actor, order) => keepers(actor) && isOpen(order),
  },
  client: {
    scope: ownOrganisation(),
    columns: [
      'id',
      'organisationId',
      'productId',
      'quantity',
      'comment',
      'state',
      'invoiceId',
      'decisionReason',
      'decidedAt',
      'createdAt',
    ],
    verbs: {
      list: members,
      show: members,
      new: members,
      withdraw: (actor, order) => members(actor) && isOpen(order),
    },
  },
})
