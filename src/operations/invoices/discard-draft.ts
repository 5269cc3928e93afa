/** A draft is thrown away and its orders wait for an invoice again; taken back out of the bin, it takes them back too. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { orderRequestStates } from '../../domain/states/order-request.ts'
import { Invoice } from '../../models/invoice.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { keepRecords, type RecordKeeping } from '../keep-record.ts'
import { operation } from '../operation.ts'
import { takeIntoInvoice } from '../orders/take-into-invoice.ts'

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
  if (first) await notifyBothSides(first)
  return invoice.update({ discardedOrders: orders.map(({ id }) => id) })
})

/**
 * All of it or nothing: a draft that says it is for orders which by now stand in another invoice would be paid twice.
 * @throws DomainError `orders-moved-on`, and what the restoration of a record may refuse
 */
export const restoreDraft: RecordKeeping['restore'] = operation('order.invoice', async (context, input) => {
  const invoice = (await keeping.restore(context, input)) as Invoice
  const ids = [...invoice.discardedOrders]
  const orders = await OrderRequest.findAll({ where: { id: ids }, order: ['id'], lock: true })
  const waiting = orders.filter(({ state }) => state === 'placed')
  if (waiting.length < ids.length)
    throw new DomainError('orders-moved-on', { count: ids.length - waiting.length, of: ids.length })
  await takeIntoInvoice(context, waiting, invoice.id)
  return invoice.update({ discardedOrders: [] })
})
