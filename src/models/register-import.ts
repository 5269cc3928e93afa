/** A file of a public register on its way into ours: looked at, mapped, read in the background. */
import type { CreationOptional } from 'sequelize'
import { day, flag, instant, integer, json, key, state, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import type { Country } from '../domain/requisites/country.ts'
import { registerImportStates, type RegisterImportState } from '../domain/states/register-import.ts'
import type { ColumnMapping } from '../registers/files/register-columns.ts'
import type { TableShape } from '../registers/files/table-file.ts'
import { LastingModel, lastingColumns, lastingOptions } from './kept-model.ts'

export class RegisterImport extends LastingModel<RegisterImport> {
  declare country: Country
  declare asOf: string
  declare fileName: string
  declare fileSize: number
  declare fileSha256: string
  declare sourceFileId: CreationOptional<string | null>
  declare fileId: CreationOptional<string | null>
  declare language: CreationOptional<'ru' | 'en'>
  declare shape: TableShape
  declare headerRow: CreationOptional<number>
  declare mapping: CreationOptional<ColumnMapping>
  declare look: CreationOptional<Readonly<Record<string, unknown>>>
  declare state: CreationOptional<RegisterImportState>
  declare rowsTotal: CreationOptional<number | null>
  declare rowsRead: CreationOptional<number>
  declare rowsBad: CreationOptional<number>
  declare rowsAdded: CreationOptional<number>
  declare rowsChanged: CreationOptional<number>
  declare rowsUnchanged: CreationOptional<number>
  declare failureCode: CreationOptional<string | null>
  declare failureParams: CreationOptional<Readonly<Record<string, string | number>>>
  declare cancelRequested: CreationOptional<boolean>
  declare startedAt: CreationOptional<Date | null>
  declare finishedAt: CreationOptional<Date | null>
}

RegisterImport.init(
  {
    id: key(),
    country: text(),
    asOf: day(),
    fileName: text(),
    fileSize: integer(),
    fileSha256: text({ field: 'file_sha256' }),
    sourceFileId: uuid({ allowNull: true }),
    fileId: uuid({ allowNull: true }),
    language: text({ defaultValue: 'ru' }),
    shape: json(),
    headerRow: integer({ defaultValue: 0 }),
    mapping: json({ defaultValue: {} }),
    look: json({ defaultValue: {} }),
    state: state(registerImportStates),
    rowsTotal: integer({ allowNull: true }),
    rowsRead: integer({ defaultValue: 0 }),
    rowsBad: integer({ defaultValue: 0 }),
    rowsAdded: integer({ defaultValue: 0 }),
    rowsChanged: integer({ defaultValue: 0 }),
    rowsUnchanged: integer({ defaultValue: 0 }),
    failureCode: text({ allowNull: true }),
    failureParams: json({ defaultValue: {} }),
    cancelRequested: flag({ defaultValue: false }),
    startedAt: instant({ allowNull: true }),
    finishedAt: instant({ allowNull: true }),
    ...lastingColumns(),
  },
  { sequelize, tableName: 'register_imports', ...lastingOptions },
)
