/** Something the office sells: a service, a licence or goods. */
import type { CreationOptional } from 'sequelize'
import { integer, flag, key, money, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export type ProductKind = 'service' | 'licence' | 'goods'

export class Product extends KeptModel<Product> {
  declare officeId: number
  declare code: string
  declare name: string
  declare kind: ProductKind
  declare unit: CreationOptional<string>
  declare unitCode: CreationOptional<string>
  declare priceMinor: number
  declare currency: CreationOptional<Currency>
  declare vatCode: CreationOptional<'standard' | 'reduced' | 'zero' | null>
  declare vatExemption: CreationOptional<string | null>
  declare licenceText: CreationOptional<string | null>
  declare termMonths: CreationOptional<number | null>
  declare seats: CreationOptional<number | null>
  declare isActive: CreationOptional<boolean>
}

Product.init(
  {
    id: key(),
    officeId: reference(),
    code: text(),
    name: text(),
    kind: text(),
    unit: text({ defaultValue: 'шт' }),
    unitCode: text({ defaultValue: '796' }),
    priceMinor: money(),
    currency: text({ defaultValue: 'RUB' }),
    vatCode: text({ allowNull: true }),
    vatExemption: text({ allowNull: true }),
    licenceText: text({ allowNull: true }),
    termMonths: integer({ allowNull: true }),
    seats: integer({ allowNull: true }),
    isActive: flag({ defaultValue: true }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'products', ...keptOptions },
)
