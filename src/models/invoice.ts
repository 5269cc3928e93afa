/** A claim for payment. Once issued it is corrected only by cancelling. */
import type { CreationOptional } from 'sequelize'
import { integer, day, json, key, money, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { invoiceStates, type InvoiceState } from '../domain/states/invoice.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class Invoice extends KeptModel<Invoice> {
  declare officeId: number
  declare organisationId: number
  declare sellerId: number
  declare contractId: CreationOptional<number | null>
  declare state: CreationOptional<InvoiceState>
  declare number: CreationOptional<string | null>
  declare seriesNumber: CreationOptional<number | null>
  declare seriesYear: CreationOptional<number | null>
  declare issuedOn: CreationOptional<string | null>
  declare dueOn: CreationOptional<string | null>
  declare currency: CreationOptional<Currency>
  declare netMinor: CreationOptional<number>
  declare vatMinor: CreationOptional<number>
  declare totalMinor: CreationOptional<number>
  declare paidMinor: CreationOptional<number>
  declare paidOn: CreationOptional<string | null>
  declare portalOrderNumber: CreationOptional<string | null>
  declare cancelReason: CreationOptional<string | null>
  /** Orders that wait again because this draft was thrown away. */
  declare discardedOrders: CreationOptional<readonly number[]>
}

Invoice.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    sellerId: reference(),
    contractId: reference({ allowNull: true }),
    state: state(invoiceStates),
    number: text({ allowNull: true }),
    seriesNumber: integer({ allowNull: true }),
    seriesYear: integer({ allowNull: true }),
    issuedOn: day({ allowNull: true }),
    dueOn: day({ allowNull: true }),
    currency: text({ defaultValue: 'RUB' }),
    netMinor: money({ defaultValue: 0 }),
    vatMinor: money({ defaultValue: 0 }),
    totalMinor: money({ defaultValue: 0 }),
    paidMinor: money({ defaultValue: 0 }),
    paidOn: day({ allowNull: true }),
    portalOrderNumber: text({ allowNull: true }),
    cancelReason: text({ allowNull: true }),
    discardedOrders: json({ defaultValue: [] }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'invoices', ...keptOptions },
)
