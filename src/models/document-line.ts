/** Which lines a document covers; the database allows one act and one licence a line. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { flag, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class DocumentLine extends Model<
  InferAttributes<DocumentLine>,
  InferCreationAttributes<DocumentLine>
> {
  declare id: CreationOptional<number>
  declare documentId: number
  declare lineId: number
  declare kind: 'act' | 'licence' | 'tax_invoice' | 'upd'
  declare isActive: CreationOptional<boolean>
}

DocumentLine.init(
  {
    id: key(),
    documentId: reference(),
    lineId: reference(),
    kind: text(),
    isActive: flag({ defaultValue: true }),
  },
  { sequelize, tableName: 'document_lines', underscored: true, timestamps: false },
)
