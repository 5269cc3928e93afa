/** A prepared answer of an office, with places for the name and the number. */
import type { CreationOptional } from 'sequelize'
import { key, reference, text } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class ReplyTemplate extends KeptModel<ReplyTemplate> {
  declare officeId: number
  declare title: string
  declare body: string
  declare language: CreationOptional<'ru' | 'en'>
}

ReplyTemplate.init(
  {
    id: key(),
    officeId: reference(),
    title: text(),
    body: text(),
    language: text({ defaultValue: 'ru' }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'reply_templates', ...keptOptions },
)
