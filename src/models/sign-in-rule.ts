/** What people of one role must show to sign in. */
import type { CreationOptional } from 'sequelize'
import { flag, key, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class SignInRule extends LastingModel<SignInRule> {
  declare role: 'administrator' | 'operator' | 'accountant' | 'support' | 'client'
  declare isSecondFactorRequired: CreationOptional<boolean>
}

SignInRule.init(
  { id: key(), role: text(), isSecondFactorRequired: flag(), ...lastingColumns() },
  { sequelize, tableName: 'sign_in_rules', ...lastingOptions },
)
