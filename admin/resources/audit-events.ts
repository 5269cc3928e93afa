/** The trail: who did what, when, and what it changed. Read only, for everybody. */
import { AuditEvent } from '../../src/models/audit-event.ts'
import { defineResource } from '../define-resource.ts'

export const auditEvents = defineResource(AuditEvent, {
  id: 'audit-events',
  navigation: { group: 'system', icon: 'Eye' },
  title: 'operation',
  long: ['note'],
  choices: { actorKind: ['user', 'system', 'link'] },
  list: [
    { property: 'at', card: 'sub' },
    'actorName',
    { property: 'operation', card: 'title' },
    'subjectType',
    'subjectId',
    'organisationId',
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
    sections: [
      {
        key: 'event',
        fields: [
          'at',
          'actorName',
          'actorKind',
          'operation',
          'subjectType',
          'subjectId',
          'organisationId',
          'note',
        ],
      },
      { key: 'changes', fields: ['changes'] },
    ],
  },
})
