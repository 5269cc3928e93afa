/** One letter to one reader, from the wish to send it to the server accepting it. */
import type { CreationOptional } from 'sequelize'
import { instant, json, key, reference, state, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { mailStates, type MailState } from '../domain/states/mail.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class Mail extends LastingModel<Mail> {
  declare officeId: CreationOptional<number | null>
  declare organisationId: CreationOptional<number | null>
  declare kind: string
  declare dedupKey: string
  declare params: CreationOptional<Record<string, unknown>>
  declare recipient: CreationOptional<string | null>
  declare recipientName: CreationOptional<string | null>
  declare language: CreationOptional<'ru' | 'en'>
  declare subject: CreationOptional<string | null>
  declare state: CreationOptional<MailState>
  declare messageId: CreationOptional<string | null>
  declare serverReply: CreationOptional<string | null>
  declare failureCode: CreationOptional<string | null>
  declare failureText: CreationOptional<string | null>
  declare batchId: CreationOptional<number | null>
  declare sentAt: CreationOptional<Date | null>
  declare settledBy: CreationOptional<number | null>
  declare settledAt: CreationOptional<Date | null>
}

Mail.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    organisationId: reference({ allowNull: true }),
    kind: text(),
    dedupKey: text(),
    params: json({ defaultValue: {} }),
    recipient: text({ allowNull: true }),
    recipientName: text({ allowNull: true }),
    language: text({ defaultValue: 'ru' }),
    subject: text({ allowNull: true }),
    state: state(mailStates),
    messageId: text({ allowNull: true }),
    serverReply: text({ allowNull: true }),
    failureCode: text({ allowNull: true }),
    failureText: text({ allowNull: true }),
    batchId: reference({ allowNull: true }),
    sentAt: instant({ allowNull: true }),
    settledBy: reference({ allowNull: true }),
    settledAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'mails', ...lastingOptions },
)
