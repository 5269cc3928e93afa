/** The secret a person's phone makes its one-time codes of; sealed, and in force once a first code has confirmed it. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, integer, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class SecondFactor extends Model<
  InferAttributes<SecondFactor>,
  InferCreationAttributes<SecondFactor>
> {
  declare userId: number
  declare secret: string
  declare confirmedAt: CreationOptional<Date | null>
  declare lastStep: CreationOptional<number>
  declare createdAt: CreationOptional<Date>
}

SecondFactor.init(
  {
    userId: reference({ primaryKey: true }),
    secret: text(),
    confirmedAt: instant({ allowNull: true }),
    lastStep: integer({ defaultValue: 0 }),
    createdAt: instant(),
  },
  { sequelize, tableName: 'second_factors', underscored: true, timestamps: false },
)
