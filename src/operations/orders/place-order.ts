/** A client asks for a service of the catalogue, or takes the wish back before anybody has worked on it. */
import { notifyBothSides } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { parseQuantity } from '../../domain/money.ts'
import { orderRequestStates } from '../../domain/states/order-request.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Product } from '../../models/product.ts'
import { authorise } from '../../policies/define-policy.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'

export type Order = Readonly<{ productId: number; quantity: string; comment?: string | null }>

/** @throws DomainError `not-found` for what is not on sale, `invalid` for a quantity that is none */
export const placeOrder = operation('order.place', async ({ actor, now }, { productId, ...order }: Order) => {
  authorise(actor, 'new', OrderRequest)
  const product = await Product.findByPk(productId)
  if (!product) throw new DomainError('not-found')
  authorise(actor, 'order', product)
  if (actor.organisationId === null) throw new DomainError('forbidden')
  const placed = await OrderRequest.create({
    officeId: product.officeId,
    organisationId: actor.organisationId,
    productId,
    quantity: quantityOf(order.quantity),
    comment: order.comment?.trim().slice(0, 2000) || null,
  })
  await notify({ kind: 'order-placed', subjectId: placed.id, officeId: product.officeId, now })
  await notifyBothSides(placed)
  return placed
})

function quantityOf(text: string): string {
  const wrong = new DomainError('invalid', {}, { quantity: { code: 'quantity-format' } })
  try {
    const quantity = parseQuantity(text)
    if (Number(quantity) > 0) return quantity
  } catch (fault) {
    if (!(fault instanceof DomainError)) throw fault
  }
  throw wrong
}

export const withdrawOrder = operation(
  'order.withdraw',
  async ({ actor, now }, { orderId }: { orderId: number }) => {
    const order = await OrderRequest.findByPk(orderId, { lock: true })
    if (!order) throw new DomainError('not-found')
    authorise(actor, 'withdraw', order)
    await order.update({
      state: orderRequestStates.next(order.state, 'withdraw'),
      decidedBy: actor.id,
      decidedAt: now,
    })
    await settleNotifications('order_requests', [order.id], now)
    await notifyBothSides(order)
    return order
  },
)
