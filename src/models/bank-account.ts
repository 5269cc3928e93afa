/** Where an organisation is paid. */
import type { CreationOptional } from 'sequelize'
import { flag, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Currency } from '../domain/money.ts'
import { CheckedModel, checkedColumns } from './checked-model.ts'
import { keptColumns, keptOptions } from './kept-model.ts'

export class BankAccount extends CheckedModel<BankAccount> {
  declare officeId: number
  declare organisationId: number
  declare bic: string
  declare bankName: string
  declare correspondentAccount: CreationOptional<string | null>
  declare account: string
  declare currency: CreationOptional<Currency>
  declare isMain: CreationOptional<boolean>
  /** Told by the database from the faults and from who accepted them; papers carry `right` and `confirmed` ones. */
  declare readonly requisitesState: CreationOptional<'right' | 'wrong' | 'accepted' | 'confirmed'>
}

BankAccount.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    bic: text(),
    bankName: text(),
    correspondentAccount: text({ allowNull: true }),
    account: text(),
    currency: text({ defaultValue: 'RUB' }),
    isMain: flag({ defaultValue: false }),
    requisitesState: text({
      allowNull: true,
      validate: { isIn: [['right', 'wrong', 'accepted', 'confirmed']] },
    }),
    ...checkedColumns(),
    ...keptColumns(),
  },
  { sequelize, tableName: 'bank_accounts', ...keptOptions },
)
