/** What a person has typed and not sent yet: to a thread, or to begin one about a record. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class MessageDraft extends Model<
  InferAttributes<MessageDraft>,
  InferCreationAttributes<MessageDraft>
> {
  declare id: CreationOptional<number>
  declare userId: number
  declare threadId: CreationOptional<number | null>
  declare subjectKind: CreationOptional<string | null>
  declare subjectId: CreationOptional<number | null>
  declare title: CreationOptional<string>
  declare body: CreationOptional<string>
  declare updatedAt: Date
}

MessageDraft.init(
  {
    id: key(),
    userId: reference(),
    threadId: reference({ allowNull: true }),
    subjectKind: text({ allowNull: true }),
    subjectId: reference({ allowNull: true }),
    title: text({ defaultValue: '' }),
    body: text({ defaultValue: '' }),
    updatedAt: instant(),
  },
  { sequelize, tableName: 'message_drafts', underscored: true, timestamps: false },
)
