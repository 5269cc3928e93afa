/** A stored file is reached only through the record it belongs to. */
import { StoredFile } from '../models/stored-file.ts'
import { definePolicy, roles } from './define-policy.ts'

export const storedFilePolicy = definePolicy(StoredFile, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  hidden: ['storageKey'],
  verbs: {
    show: roles('system'),
  },
})
