/** A spreadsheet somebody asked for, from the queue to its expiry. */
import type { CreationOptional } from 'sequelize'
import { integer, flag, instant, json, key, reference, state, text, textArray, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { exportStates, type ExportState } from '../domain/states/export.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class Export extends LastingModel<Export> {
  declare officeId: CreationOptional<number | null>
  declare report: string
  declare params: CreationOptional<Record<string, unknown>>
  declare language: CreationOptional<'ru' | 'en'>
  declare state: CreationOptional<ExportState>
  declare rowsTotal: CreationOptional<number | null>
  declare rowsDone: CreationOptional<number>
  declare controlMinor: CreationOptional<Record<string, string>>
  declare fileId: CreationOptional<string | null>
  declare failureCode: CreationOptional<string | null>
  declare cancelRequested: CreationOptional<boolean>
  declare startedAt: CreationOptional<Date | null>
  declare finishedAt: CreationOptional<Date | null>
  declare expiresAt: CreationOptional<Date | null>
  declare scheduleKey: CreationOptional<string | null>
  declare mailTo: CreationOptional<string[] | null>
}

Export.init(
  {
    id: key(),
    officeId: reference({ allowNull: true }),
    report: text(),
    params: json({ defaultValue: {} }),
    language: text({ defaultValue: 'ru' }),
    state: state(exportStates),
    rowsTotal: integer({ allowNull: true }),
    rowsDone: integer({ defaultValue: 0 }),
    controlMinor: json({ defaultValue: {} }),
    fileId: uuid({ allowNull: true }),
    failureCode: text({ allowNull: true }),
    cancelRequested: flag({ defaultValue: false }),
    startedAt: instant({ allowNull: true }),
    finishedAt: instant({ allowNull: true }),
    expiresAt: instant({ allowNull: true }),
    scheduleKey: text({ allowNull: true }),
    mailTo: textArray({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'exports', ...lastingOptions },
)
