/** Column builders shared by the models: one way to write a key, a sum, a day, a state. */
import { DataTypes, type ModelAttributeColumnOptions } from 'sequelize'

type Options = Partial<ModelAttributeColumnOptions>

const column =
  (type: ModelAttributeColumnOptions['type'], defaults: Options = {}) =>
  (options: Options = {}): ModelAttributeColumnOptions => ({
    type,
    allowNull: false,
    ...defaults,
    ...options,
  })

/** Identity of the row, given by the database. */
export const key = column(DataTypes.BIGINT, { primaryKey: true, autoIncrement: true })

/** Identity of a row in another table. */
export const reference = column(DataTypes.BIGINT)

/** A sum in minor units (kopecks, tiyn, copecks); always a whole number. */
export const money = column(DataTypes.BIGINT)

/** A calendar day as 'YYYY-MM-DD', without a time zone. */
export const day = column(DataTypes.DATEONLY)

/** A moment, stored in UTC. */
export const instant = column(DataTypes.DATE)

export const text = column(DataTypes.TEXT)

export const flag = column(DataTypes.BOOLEAN, { defaultValue: false })

export const integer = column(DataTypes.INTEGER)

/** Identity of a stored file. */
export const uuid = column(DataTypes.UUID)

/** How many, as a decimal string: 'numeric' never passes through floating point. */
export const quantity = column(DataTypes.DECIMAL)

export const json = column(DataTypes.JSONB, { defaultValue: {} })

export const textArray = column(DataTypes.ARRAY(DataTypes.TEXT), { defaultValue: [] })

/** The state of a record: one of the machine's states, beginning with its initial one. */
export const state = (
  machine: { readonly initial: string; readonly states: readonly string[] },
  options: Options = {},
): ModelAttributeColumnOptions => ({
  type: DataTypes.TEXT,
  allowNull: false,
  defaultValue: machine.initial,
  validate: { isIn: [[...machine.states]] },
  ...options,
})
