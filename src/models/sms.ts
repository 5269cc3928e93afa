/** A text message to a phone, from the wish to send it to what the gateway said. */
import { Model, type CreationOptional, type InferAttributes, type InferCreationAttributes } from 'sequelize'
import { instant, integer, json, key, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { smsStates, type SmsState } from '../domain/states/sms.ts'

export class Sms extends Model<InferAttributes<Sms>, InferCreationAttributes<Sms>> {
  declare id: CreationOptional<number>
  declare officeId: number | null
  declare kind: string
  declare dedupKey: string
  declare params: CreationOptional<Record<string, unknown>>
  declare phone: string | null
  declare language: 'ru' | 'en'
  declare state: CreationOptional<SmsState>
  declare segments: CreationOptional<number | null>
  declare gatewayId: CreationOptional<string | null>
  declare failureCode: CreationOptional<string | null>
  declare failureText: CreationOptional<string | null>
  declare createdAt: Date
  declare sentAt: CreationOptional<Date | null>
}

Sms.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    kind: text(),
    dedupKey: text(),
    params: json({ defaultValue: {} }),
    phone: text({ allowNull: true }),
    language: text(),
    state: state(smsStates),
    segments: integer({ allowNull: true }),
    gatewayId: text({ allowNull: true }),
    failureCode: text({ allowNull: true }),
    failureText: text({ allowNull: true }),
    createdAt: instant(),
    sentAt: instant({ allowNull: true }),
  },
  { sequelize, tableName: 'sms_messages', underscored: true, timestamps: false },
)
