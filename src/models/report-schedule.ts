/** A register that is mailed to chosen accountants every day or month. */
import type { CreationOptional } from 'sequelize'
import { flag, json, key, reference, text, textArray } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class ReportSchedule extends KeptModel<ReportSchedule> {
  declare officeId: number
  declare report: string
  declare every: 'day' | 'month'
  declare params: CreationOptional<Record<string, unknown>>
  declare language: CreationOptional<'ru' | 'en'>
  declare recipients: string[]
  declare isActive: CreationOptional<boolean>
}

ReportSchedule.init(
  {
    id: key(),
    officeId: reference(),
    report: text(),
    every: text(),
    params: json({ defaultValue: {} }),
    language: text({ defaultValue: 'ru' }),
    recipients: textArray(),
    isActive: flag({ defaultValue: true }),
    ...keptColumns(),
  },
  { sequelize, tableName: 'report_schedules', ...keptOptions },
)
