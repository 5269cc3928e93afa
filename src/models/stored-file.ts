/** A file in the storage: what it is called, how large it is, what its bytes hash to. */
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize'
import { integer, instant, reference, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class StoredFile extends Model<InferAttributes<StoredFile>, InferCreationAttributes<StoredFile>> {
  declare id: CreationOptional<string>
  declare officeId: number
  declare organisationId: CreationOptional<number | null>
  declare storageKey: string
  declare originalName: string
  declare mime: string
  declare size: number
  declare sha256: string
  declare createdBy: CreationOptional<number | null>
  declare createdAt: CreationOptional<Date>
}

StoredFile.init(
  {
    id: uuid({ primaryKey: true, defaultValue: DataTypes.UUIDV4 }),
    officeId: reference(),
    organisationId: reference({ allowNull: true }),
    storageKey: text(),
    originalName: text(),
    mime: text(),
    size: integer(),
    sha256: text(),
    createdBy: reference({ allowNull: true }),
    createdAt: instant(),
  },
  { sequelize, tableName: 'stored_files', underscored: true, timestamps: false },
)
