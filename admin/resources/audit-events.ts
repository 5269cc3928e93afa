/** The trail: who did what, when, and what it changed. Read only, for everybody. */
import { AuditEvent } from '../../src/models/audit-event.ts'
import { eventSentences } from '../../src/queries/history/event-sentences.ts'
import { defineResource } from '../define-resource.ts'

export const auditEvents = defineResource(AuditEvent, {
  id: 'audit-events',
  navigation: { group: 'system', icon: 'Eye' },
  title: 'id',
  search: ['operation'],
  long: ['note'],
  choices: { actorKind: ['user', 'system', 'link'] },
  beside: {
    shown: [
      { property: 'event', as: 'event' },
      { property: 'subject', as: 'subject' },
      { property: 'whatChanged', as: 'changes' },
    ],
    read: (_reader, ids) => eventSentences(ids),
  },
  list: [
    { property: 'at', card: 'sub' },
    { property: 'event', card: 'title' },
    'organisationId',
    'subject',
    { property: 'note', optional: true },
    { property: 'actorKind', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'people', filters: { actorKind: 'user' } },
    { key: 'system', filters: { actorKind: 'system' } },
    { key: 'links', filters: { actorKind: 'link' } },
  ],
  filters: ['at', 'actorKind', 'subjectId', 'organisationId'],
  show: {
    history: false,
    sections: [
      { key: 'event', fields: ['at', 'event', 'actorKind', 'subject', 'organisationId', 'note'] },
      { key: 'changes', fields: ['whatChanged'] },
    ],
  },
})
