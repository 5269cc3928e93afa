/** A file beside a text: of a draft until it is sent, of a message from then on. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { key, reference, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class MessageFile extends Model<InferAttributes<MessageFile>, InferCreationAttributes<MessageFile>> {
  declare id: CreationOptional<number>
  declare fileId: string
  declare title: string
  declare draftId: CreationOptional<number | null>
  declare messageId: CreationOptional<number | null>
}

MessageFile.init(
  {
    id: key(),
    fileId: uuid(),
    title: text(),
    draftId: reference({ allowNull: true }),
    messageId: reference({ allowNull: true }),
  },
  { sequelize, tableName: 'message_files', underscored: true, timestamps: false },
)
