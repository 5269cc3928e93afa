/** «Папка хранилища файлов» of an organisation (S3-03); files come and go through the desk. */
import { FolderFile } from '../../src/models/folder-file.ts'
import { keepRecords } from '../../src/operations/keep-record.ts'
import { defineResource } from '../define-resource.ts'

const { edit, remove, restore } = keepRecords('folder-file', FolderFile)

export const folderFiles = defineResource(FolderFile, {
  id: 'folder-files',
  navigation: null,
  title: 'title',
  list: [
    { property: 'title', card: 'title' },
    { property: 'organisationId', card: 'sub' },
    'createdAt',
    { property: 'deletedAt', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['organisationId', 'createdAt'],
  text: 'title',
  show: {
    sections: [{ key: 'file', fields: ['title', 'organisationId', 'createdAt', 'deletedAt'] }],
    steps: ['edit', 'restore', 'delete'],
    file: 'folder',
  },
  form: [{ key: 'file', fields: ['title'] }],
  keep: { edit, remove, restore },
})
