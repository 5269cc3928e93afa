/** A rate of value-added tax of a country over a span of days. */
import type { CreationOptional } from 'sequelize'
import { day, key, quantity, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class VatRate extends LastingModel<VatRate> {
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
    ...lastingColumns(),
  },
  { sequelize, tableName: 'vat_rates', ...lastingOptions },
)
