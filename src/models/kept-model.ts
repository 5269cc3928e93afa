/** What every record a person keeps has in common: who made, changed, deleted and restored it, and its version. */
import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type ModelAttributes,
} from 'sequelize'

/** The base of records that are edited, deleted softly and restored (S3-14). */
export abstract class KeptModel<M extends Model> extends Model<
  InferAttributes<M>,
  InferCreationAttributes<M>
> {
  declare id: CreationOptional<number>
  declare version: CreationOptional<number>
  declare createdBy: CreationOptional<number | null>
  declare createdAt: CreationOptional<Date>
  declare updatedBy: CreationOptional<number | null>
  declare updatedAt: CreationOptional<Date>
  declare deletedBy: CreationOptional<number | null>
  declare deletedAt: CreationOptional<Date | null>
  declare restoredBy: CreationOptional<number | null>
  declare restoredAt: CreationOptional<Date | null>
}

// Fresh objects each time: Sequelize writes the column's name into the one it is given.
const author = () => ({ type: DataTypes.BIGINT, allowNull: true })
const moment = () => ({ type: DataTypes.DATE, allowNull: true })

/** The columns of `KeptModel`, to spread into `init`. */
export const keptColumns = () =>
  ({
    version: { type: DataTypes.INTEGER, defaultValue: 0 },
    createdBy: author(),
    createdAt: { type: DataTypes.DATE },
    updatedBy: author(),
    updatedAt: { type: DataTypes.DATE },
    deletedBy: author(),
    deletedAt: moment(),
    restoredBy: author(),
    restoredAt: moment(),
  }) satisfies ModelAttributes

/** The options of `KeptModel`: optimistic locking and soft deletion. */
export const keptOptions = { underscored: true, version: true, paranoid: true } as const

/** The base of records that are never deleted: requests, documents, mails. */
export abstract class LastingModel<M extends Model> extends Model<
  InferAttributes<M>,
  InferCreationAttributes<M>
> {
  declare id: CreationOptional<number>
  declare version: CreationOptional<number>
  declare createdBy: CreationOptional<number | null>
  declare createdAt: CreationOptional<Date>
  declare updatedBy: CreationOptional<number | null>
  declare updatedAt: CreationOptional<Date>
}

/** The columns of `LastingModel`. */
export const lastingColumns = () =>
  ({
    version: { type: DataTypes.INTEGER, defaultValue: 0 },
    createdBy: author(),
    createdAt: { type: DataTypes.DATE },
    updatedBy: author(),
    updatedAt: { type: DataTypes.DATE },
  }) satisfies ModelAttributes

/** The options of `LastingModel`. */
export const lastingOptions = { underscored: true, version: true } as const
