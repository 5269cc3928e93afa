/** Money received for an invoice. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { day, instant, key, money, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'

export class Payment extends Model<InferAttributes<Payment>, InferCreationAttributes<Payment>> {
  declare id: CreationOptional<number>
  declare officeId: number
  declare organisationId: number
  declare invoiceId: number
  declare amountMinor: number
  declare currency: Currency
  declare paidOn: string
  declare number: CreationOptional<string>
  declare comment: CreationOptional<string | null>
  declare createdBy: CreationOptional<number | null>
  declare createdAt: CreationOptional<Date>
}

Payment.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    invoiceId: reference(),
    amountMinor: money(),
    currency: text(),
    paidOn: day(),
    number: text({ defaultValue: '' }),
    comment: text({ allowNull: true }),
    createdBy: reference({ allowNull: true }),
    createdAt: instant(),
  },
  { sequelize, tableName: 'payments', underscored: true, timestamps: false },
)
