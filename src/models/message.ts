/** What one person wrote once: the database lets nobody change or remove it. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, key, reference, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class Message extends Model<InferAttributes<Message>, InferCreationAttributes<Message>> {
  declare id: CreationOptional<number>
  declare threadId: number
  declare authorId: number
  declare side: 'office' | 'client'
  declare body: string
  /** Made by the sender's screen: pressed twice or sent again, it is the same message. */
  declare key: string
  declare sentAt: Date
}

Message.init(
  {
    id: key(),
    threadId: reference(),
    authorId: reference(),
    side: text(),
    body: text(),
    key: uuid(),
    sentAt: instant(),
  },
  { sequelize, tableName: 'messages', underscored: true, timestamps: false },
)
