/** One version of what a newcomer agrees to; frozen by the database. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, integer, key, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class Agreement extends Model<InferAttributes<Agreement>, InferCreationAttributes<Agreement>> {
  declare id: CreationOptional<number>
  /** Of the text, counted from 1. */
  declare version: number
  declare textRu: string
  declare textEn: string
  declare sha256: string
  declare validFrom: CreationOptional<Date>
  declare createdAt: CreationOptional<Date>
}

Agreement.init(
  {
    id: key(),
    version: integer(),
    textRu: text(),
    textEn: text(),
    sha256: text(),
    validFrom: instant(),
    createdAt: instant(),
  },
  { sequelize, tableName: 'agreements', underscored: true, timestamps: false },
)
