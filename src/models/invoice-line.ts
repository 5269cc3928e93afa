/** One service, licence or article of an invoice («услуга»): the unit of shipment. */
import type { CreationOptional } from 'sequelize'
import { integer, day, key, money, quantity, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { invoiceLineStates, type InvoiceLineState } from '../domain/states/invoice-line.ts'
import type { ProductKind } from './product.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class InvoiceLine extends KeptModel<InvoiceLine> {
  declare officeId: number
  declare organisationId: number
  declare invoiceId: number
  declare position: number
  declare productId: CreationOptional<number | null>
  declare name: string
  declare kind: ProductKind
  declare unit: string
  declare unitCode: string
  declare quantity: string
  declare priceMinor: number
  declare currency: Currency
  declare vatPercent: CreationOptional<string | null>
  declare vatExemption: CreationOptional<string | null>
  declare netMinor: number
  declare vatMinor: number
  declare totalMinor: number
  declare licenceText: CreationOptional<string | null>
  declare seats: CreationOptional<number | null>
  declare validFrom: CreationOptional<string | null>
  declare validTo: CreationOptional<string | null>
  declare portalOrderNumber: CreationOptional<string | null>
  declare comment: CreationOptional<string | null>
  declare state: CreationOptional<InvoiceLineState>
  declare paidOn: CreationOptional<string | null>
  declare shippedOn: CreationOptional<string | null>
}

InvoiceLine.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    invoiceId: reference(),
    position: integer(),
    productId: reference({ allowNull: true }),
    name: text(),
    kind: text(),
    unit: text(),
    unitCode: text(),
    quantity: quantity(),
    priceMinor: money(),
    currency: text(),
    vatPercent: quantity({ allowNull: true }),
    vatExemption: text({ allowNull: true }),
    netMinor: money(),
    vatMinor: money(),
    totalMinor: money(),
    licenceText: text({ allowNull: true }),
    seats: integer({ allowNull: true }),
    validFrom: day({ allowNull: true }),
    validTo: day({ allowNull: true }),
    portalOrderNumber: text({ allowNull: true }),
    comment: text({ allowNull: true }),
    state: state(invoiceLineStates),
    paidOn: day({ allowNull: true }),
    shippedOn: day({ allowNull: true }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'invoice_lines', ...keptOptions },
)
