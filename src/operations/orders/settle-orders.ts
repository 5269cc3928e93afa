/** What becomes of orders: several of one client make one draft invoice, or one is refused with a reason. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { orderRequestStates } from '../../domain/states/order-request.ts'
import type { Invoice } from '../../models/invoice.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { authorise } from '../../policies/define-policy.ts'
import { noteReason } from '../audit.ts'
import { draftInvoice } from '../invoices/draft-invoice.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { takeIntoInvoice } from './take-into-invoice.ts'

/** The prices are those of the price list of the day. @throws DomainError `orders-of-several`, and what a draft may refuse */
export const invoiceOrders = operation(
  'order.invoice',
  async (context, { orderIds }: { orderIds: readonly number[] }): Promise<Invoice> => {
    const { actor } = context
    const orders = await OrderRequest.findAll({
      where: { id: [...new Set(orderIds)] },
      order: ['id'],
      lock: true,
    })
    const [first] = orders
    if (!first) throw new DomainError('not-found')
    for (const order of orders) authorise(actor, 'invoice', order)
    const { organisationId } = first
    if (orders.some((order) => order.organisationId !== organisationId))
      throw new DomainError('orders-of-several')
    const invoice = await draftInvoice(context, {
      organisationId,
      lines: orders.map(({ productId, quantity, comment }) => ({ productId, quantity, comment })),
    })
    await takeIntoInvoice(context, orders, invoice.id)
    return invoice
  },
)

export const refuseOrder = operation(
  'order.refuse',
  async ({ actor, now }, { orderId, reason }: { orderId: number; reason: string }) => {
    const order = await OrderRequest.findByPk(orderId, { lock: true })
    if (!order) throw new DomainError('not-found')
    authorise(actor, 'refuse', order)
    if (reason.trim() === '') throw new DomainError('invalid', {}, { reason: { code: 'required' } })
    noteReason(reason)
    await order.update({
      state: orderRequestStates.next(order.state, 'refuse'),
      decisionReason: reason.trim(),
      decidedBy: actor.id,
      decidedAt: now,
    })
    await settleNotifications('order_requests', [order.id], now)
    const { officeId, organisationId } = order
    await notify({ kind: 'order-refused', subjectId: order.id, officeId, organisationId, now })
    await notifyBothSides(order)
    return order
  },
)
