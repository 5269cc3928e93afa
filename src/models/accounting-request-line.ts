/** A line in an accounting request, with what the accountants answered about it. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { day, flag, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class AccountingRequestLine extends Model<
  InferAttributes<AccountingRequestLine>,
  InferCreationAttributes<AccountingRequestLine>
> {
  declare id: CreationOptional<number>
  declare requestId: number
  declare lineId: number
  declare officeId: number
  declare organisationId: number
  declare isOpen: CreationOptional<boolean>
  declare taxDocumentKind: CreationOptional<'upd' | 'tax_invoice' | null>
  declare taxDocumentNumber: CreationOptional<string | null>
  declare taxDocumentOn: CreationOptional<string | null>
  declare externalNumber: CreationOptional<string | null>
  declare comment: CreationOptional<string | null>
}

AccountingRequestLine.init(
  {
    id: key(),
    requestId: reference(),
    lineId: reference(),
    officeId: reference(),
    organisationId: reference(),
    isOpen: flag({ defaultValue: true }),
    taxDocumentKind: text({ allowNull: true }),
    taxDocumentNumber: text({ allowNull: true }),
    taxDocumentOn: day({ allowNull: true }),
    externalNumber: text({ allowNull: true }),
    comment: text({ allowNull: true }),
  },
  { sequelize, tableName: 'accounting_request_lines', underscored: true, timestamps: false },
)
