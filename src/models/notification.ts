/** What one person is told about one event: told once, read once, and never changed in what it says. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { flag, instant, json, key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'

export class Notification extends Model<
  InferAttributes<Notification>,
  InferCreationAttributes<Notification>
> {
  declare id: CreationOptional<number>
  declare recipientId: number
  declare officeId: CreationOptional<number | null>
  /** The client the recipient is told of as one of its people; null for staff. */
  declare organisationId: CreationOptional<number | null>
  declare kind: string
  declare subjectType: string
  declare subjectId: number
  declare occasion: CreationOptional<string>
  declare params: CreationOptional<Record<string, string | number>>
  declare inBell: boolean
  declare email: 'off' | 'now' | 'digest'
  declare sms: boolean
  declare createdAt: Date
  declare readAt: CreationOptional<Date | null>
}

Notification.init(
  {
    id: key(),
    recipientId: reference(),
    officeId: reference({ allowNull: true }),
    organisationId: reference({ allowNull: true }),
    kind: text(),
    subjectType: text(),
    subjectId: reference(),
    occasion: text({ defaultValue: '' }),
    params: json({ defaultValue: {} }),
    inBell: flag(),
    email: text(),
    sms: flag(),
    createdAt: instant(),
    readAt: instant({ allowNull: true }),
  },
  { sequelize, tableName: 'notifications', underscored: true, timestamps: false },
)
