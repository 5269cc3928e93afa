/** A service of the price list a client asks for: it becomes a line of an invoice, or is refused with a reason. */
import type { CreationOptional } from 'sequelize'
import { instant, key, quantity, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { orderRequestStates, type OrderRequestState } from '../domain/states/order-request.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class OrderRequest extends LastingModel<OrderRequest> {
  declare officeId: number
  declare organisationId: number
  declare productId: number
  declare quantity: string
  declare comment: CreationOptional<string | null>
  declare state: CreationOptional<OrderRequestState>
  declare invoiceId: CreationOptional<number | null>
  declare decisionReason: CreationOptional<string | null>
  declare decidedBy: CreationOptional<number | null>
  declare decidedAt: CreationOptional<Date | null>
}

OrderRequest.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    productId: reference(),
    quantity: quantity(),
    comment: text({ allowNull: true }),
    state: state(orderRequestStates),
    invoiceId: reference({ allowNull: true }),
    decisionReason: text({ allowNull: true }),
    decidedBy: reference({ allowNull: true }),
    decidedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'order_requests', ...lastingOptions },
)
