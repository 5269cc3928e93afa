/** A rate of value-added tax of a country over a span of days. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { day, key, quantity, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class VatRate extends Model<InferAttributes<VatRate>, InferCreationAttributes<VatRate>> {
  declare id: CreationOptional<number>
  declare country: 'RU' | 'KZ' | 'BY'
  declare code: 'standard' | 'reduced' | 'zero'
  declare ratePercent: string
  declare validFrom: string
  declare validTo: CreationOptional<string | null>
}

VatRate.init(
  {
    id: key(),
    country: text(),
    code: text(),
    ratePercent: quantity(),
    validFrom: day(),
    validTo: day({ allowNull: true }),
  },
  { sequelize, tableName: 'vat_rates', underscored: true, timestamps: false },
)
