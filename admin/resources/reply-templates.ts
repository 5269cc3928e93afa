/** Prepared answers to clients, with places for the name and the number. */
import { ReplyTemplate } from '../../src/models/reply-template.ts'
import { replyTemplateKeeping } from '../../src/operations/threads/keep-reply-templates.ts'
import { defineResource } from '../define-resource.ts'

export const replyTemplates = defineResource(ReplyTemplate, {
  id: 'reply-templates',
  navigation: { group: 'clients', icon: 'MessageSquare' },
  title: 'title',
  long: ['body'],
  choices: { language: ['ru', 'en'] },
  list: [
    { property: 'title', card: 'title' },
    { property: 'body', card: 'sub' },
    'language',
    { property: 'updatedAt', optional: true },
  ],
  sortable: ['title'],
  sort: { property: 'title', direction: 'asc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['language'],
  text: 'title',
  show: {
    sections: [{ key: 'template', fields: ['title', 'body', 'language'] }],
    steps: ['edit', 'delete', 'restore'],
  },
  form: [
    {
      key: 'template',
      fields: [
        { property: 'title' },
        { property: 'body', hint: true },
        { property: 'language', required: true },
      ],
    },
  ],
  keep: replyTemplateKeeping,
})
