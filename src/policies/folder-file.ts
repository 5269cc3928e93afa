/** Who may see, add and remove the files in the folder of an organisation (S3-03). */
import { FolderFile } from '../models/folder-file.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')

export const folderFilePolicy = definePolicy(FolderFile, {
  scope: ownOffice,
  writable: ['title'],
  verbs: {
    list: readers,
    show: readers,
    download: readers,
    edit: (actor, file) => keepers(actor) && (!file || file.deletedAt === null),
    delete: (actor, file) => keepers(actor) && (!file || file.deletedAt === null),
    restore: (actor, file) => keepers(actor) && (!file || file.deletedAt !== null),
  },
})
