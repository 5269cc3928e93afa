/** A file in the folder of an organisation («Папка хранилища файлов», S3-03). */
import { key, reference, text, uuid } from '../db/columns.ts'
import { sequelize } from '../db/sequelize.ts'
import { KeptModel, keptColumns, keptOptions } from './kept-model.ts'

export class FolderFile extends KeptModel<FolderFile> {
  declare officeId: number
  declare organisationId: number
  declare fileId: string
  declare title: string
}

FolderFile.init(
  {
    id: key(),
    officeId: reference(),
    organisationId: reference(),
    fileId: uuid(),
    title: text(),
    ...keptColumns(),
  },
  { sequelize, tableName: 'folder_files', ...keptOptions },
)
