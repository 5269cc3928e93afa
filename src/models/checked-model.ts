/** What records with requisites have in common: what is wrong with them, who accepted it, and who confirmed that. */
import type { CreationOptional, Model, ModelAttributes } from 'sequelize'
import { instant, json, reference, text } from '../db/columns.ts'
import type { FieldFaults } from '../domain/errors.ts'
import { KeptModel } from './kept-model.ts'

export abstract class CheckedModel<M extends Model> extends KeptModel<M> {
  /** Empty when everything is right. */
  declare requisitesFaults: CreationOptional<FieldFaults>
  declare requisitesOverrideReason: CreationOptional<string | null>
  declare requisitesOverrideBy: CreationOptional<number | null>
  declare requisitesOverrideAt: CreationOptional<Date | null>
  declare requisitesConfirmedBy: CreationOptional<number | null>
  declare requisitesConfirmedAt: CreationOptional<Date | null>
}

/** The columns of `CheckedModel`, to spread into `init`. */
export const checkedColumns = () =>
  ({
    requisitesFaults: json({ defaultValue: {} }),
    requisitesOverrideReason: text({ allowNull: true }),
    requisitesOverrideBy: reference({ allowNull: true }),
    requisitesOverrideAt: instant({ allowNull: true }),
    requisitesConfirmedBy: reference({ allowNull: true }),
    requisitesConfirmedAt: instant({ allowNull: true }),
  }) satisfies ModelAttributes
