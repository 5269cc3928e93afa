/** «Заказы клиентов»: services asked for in the cabinet, to become lines of an invoice. */
import { OrderRequest } from '../../src/models/order-request.ts'
import { invoiceOrders, refuseOrder } from '../../src/operations/orders/settle-orders.ts'
import { bulkAction, recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'

const toInvoice = (id: number) => ({ redirectUrl: `/admin/resources/invoices/records/${id}/show` })

export const orderRequests = defineResource(OrderRequest, {
  id: 'order-requests',
  navigation: { group: 'shipping', icon: 'ShoppingCart' },
  title: 'id',
  long: ['comment', 'decisionReason'],
  tones: { state: { all: { placed: 'yours', invoiced: 'done', refused: 'fail', withdrawn: 'closed' } } },
  list: [
    { property: 'organisationId', card: 'sub' },
    { property: 'productId', card: 'title' },
    'quantity',
    'comment',
    'createdAt',
    { property: 'state', card: 'state' },
    { property: 'invoiceId', optional: true },
    { property: 'decisionReason', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'placed', filters: { state: 'placed' } },
    { key: 'invoiced', filters: { state: 'invoiced' } },
    { key: 'refused', filters: { state: 'refused' } },
  ],
  filters: ['organisationId', 'productId', 'state', 'createdAt', 'invoiceId'],
  show: {
    state: 'state',
    sections: [
      { key: 'order', fields: ['organisationId', 'productId', 'quantity', 'comment', 'createdAt'] },
      { key: 'decision', fields: ['invoiceId', 'decidedAt', 'decisionReason'] },
    ],
    steps: ['invoice', 'refuse'],
  },
  actions: [
    recordAction({ name: 'invoice', icon: 'FileText' }, async (request, orderId) =>
      toInvoice((await invoiceOrders(request, { orderIds: [orderId] })).id),
    ),
    bulkAction({ name: 'invoiceTogether', verb: 'invoice', icon: 'FileText' }, async (request, orderIds) =>
      toInvoice((await invoiceOrders(request, { orderIds })).id),
    ),
    recordAction(
      {
        name: 'refuse',
        icon: 'X',
        tone: 'danger',
        confirm: true,
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, orderId, payload) => {
        await refuseOrder(request, { orderId, reason: String(payload['reason']) })
      },
    ),
  ],
})
