/** The agreement, or the accepted offer, a client is served under. */
import type { CreationOptional } from 'sequelize'
import { day, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class Contract extends KeptModel<Contract> {
  declare officeId: number
  declare organisationId: number
  declare sellerId: number
  declare kind: CreationOptional<'offer' | 'contract'>
  declare number: string
  declare signedOn: string
  declare validTo: CreationOptional<string | null>
  declare subject: CreationOptional<string | null>
}

Contract.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    sellerId: reference(),
    kind: text({ defaultValue: 'contract' }),
    number: text(),
    signedOn: day(),
    validTo: day({ allowNull: true }),
    subject: text({ allowNull: true }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'contracts', ...keptOptions },
)
