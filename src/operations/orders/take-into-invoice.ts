/** Orders go into an invoice and wait for nobody any more; the caller has locked them, and all are of one client. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { orderRequestStates } from '../../domain/states/order-request.ts'
import type { OrderRequest } from '../../models/order-request.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import type { Context } from '../operation.ts'

export async function takeIntoInvoice(
  { actor, now }: Context,
  orders: readonly OrderRequest[],
  invoiceId: number,
): Promise<void> {
  for (const order of orders)
    await order.update({
      state: orderRequestStates.next(order.state, 'invoice'),
      invoiceId,
      decidedBy: actor.id,
      decidedAt: now,
    })
  await settleNotifications(
    'order_requests',
    orders.map(({ id }) => id),
    now,
  )
  const [first] = orders
  if (first) await notifyBothSides(first)
}
