/** Who may use and keep the prepared answers of an office. */
import { ReplyTemplate } from '../models/reply-template.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')

export const replyTemplatePolicy = definePolicy(ReplyTemplate, {
  scope: ownOffice,
  writable: ['title', 'body', 'language'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, template) => keepers(actor) && (!template || template.deletedAt === null),
    delete: (actor, template) => keepers(actor) && (!template || template.deletedAt === null),
    restore: (actor, template) => keepers(actor) && (!template || template.deletedAt !== null),
  },
})
