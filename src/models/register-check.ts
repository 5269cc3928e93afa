/** What a register outside answered about a tax id, and until when that is believed. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, json, key, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Country } from '../domain/requisites/country.ts'

export class RegisterCheck extends Model<
  InferAttributes<RegisterCheck>,
  InferCreationAttributes<RegisterCheck>
> {
  declare id: CreationOptional<number>
  declare country: Country
  declare taxId: string
  declare kpp: CreationOptional<string | null>
  declare source: string
  declare outcome: 'found' | 'not-found'
  declare result: CreationOptional<Readonly<Record<string, unknown>> | null>
  declare asOf: Date
  declare checkedAt: Date
  declare validUntil: Date
}

RegisterCheck.init(
  {
    id: key(),
    country: text(),
    taxId: text(),
    kpp: text({ allowNull: true }),
    source: text(),
    outcome: text(),
    result: json({ allowNull: true, defaultValue: null }),
    asOf: instant(),
    checkedAt: instant(),
    validUntil: instant(),
  },
  { sequelize, tableName: 'register_checks', underscored: true, timestamps: false },
)
