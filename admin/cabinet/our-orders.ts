/** What a client has ordered from the catalogue, and what became of it. */
import { OrderRequest } from '../../src/models/order-request.ts'
import { withdrawOrder } from '../../src/operations/orders/place-order.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'

export const ourOrders = defineResource(OrderRequest, {
  id: 'order-requests',
  side: 'client',
  navigation: { group: 'ours', icon: 'ShoppingCart' },
  title: 'id',
  long: ['comment', 'decisionReason'],
  tones: { state: { all: { placed: 'theirs', invoiced: 'done', refused: 'fail', withdrawn: 'closed' } } },
  list: [
    { property: 'productId', card: 'title' },
    { property: 'createdAt', card: 'sub' },
    'quantity',
    { property: 'state', card: 'state' },
    { property: 'invoiceId' },
    { property: 'decisionReason', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'placed', filters: { state: 'placed' } },
    { key: 'refused', filters: { state: 'refused' } },
  ],
  filters: ['productId', 'state', 'createdAt'],
  show: {
    state: 'state',
    sections: [
      { key: 'order', fields: ['productId', 'quantity', 'comment', 'createdAt'] },
      { key: 'decision', fields: ['invoiceId', 'decidedAt', 'decisionReason'] },
    ],
    steps: ['withdraw'],
  },
  actions: [
    recordAction({ name: 'withdraw', icon: 'RotateCcw', confirm: true }, async (request, orderId) => {
      await withdrawOrder(request, { orderId })
    }),
  ],
})
