/** A draft is thrown away, or taken back out of the bin; the orders it was made of wait for an invoice again. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { orderRequestStates } from '../../domain/states/order-request.ts'
import { Invoice } from '../../models/invoice.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { keepRecords, type RecordKeeping } from '../keep-record.ts'
import { operation } from '../operation.ts'

const keeping = keepRecords('invoice', Invoice)

/** Its trail is that of the orders; the deletion of the invoice authorises it and leaves its own. */
export const discardDraft: RecordKeeping['remove'] = operation('order.return', async (context, input) => {
  const invoice = await keeping.remove(context, input)
  const orders = await OrderRequest.findAll({ where: { invoiceId: input.id }, order: ['id'], lock: true })
  for (const order of orders)
    await order.update({
      state: orderRequestStates.next(order.state, 'return'),
      invoiceId: null,
      decidedBy: null,
      decidedAt: null,
    })
  const [first] = orders
  if (first) {
    await notifyDesk({ officeId: first.officeId, topic: 'counters' })
    await notifyDesk({ organisationId: first.organisationId, topic: 'counters' })
  }
  return invoice
})

/** Without the orders: by now they may stand in another draft. */
export const restoreDraft = keeping.restore
