/** A key on a person's device that signs them in without a password; here is only what checks its signatures. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { flag, instant, integer, key, reference, text, textArray } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class Passkey extends Model<InferAttributes<Passkey>, InferCreationAttributes<Passkey>> {
  declare id: CreationOptional<number>
  declare userId: number
  declare credentialId: string
  declare publicKey: string
  declare counter: CreationOptional<number>
  declare transports: CreationOptional<string[]>
  declare name: string
  declare isSynced: CreationOptional<boolean>
  declare createdAt: CreationOptional<Date>
  declare usedAt: CreationOptional<Date | null>
}

Passkey.init(
  {
    id: key(),
    userId: reference(),
    credentialId: text(),
    publicKey: text(),
    counter: integer({ defaultValue: 0 }),
    transports: textArray(),
    name: text(),
    isSynced: flag(),
    createdAt: instant(),
    usedAt: instant({ allowNull: true }),
  },
  { sequelize, tableName: 'passkeys', underscored: true, timestamps: false },
)
