/** Who may read the audit trail; nobody writes it but the operations themselves. */
import { AuditEvent } from '../models/audit-event.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

export const auditEventPolicy = definePolicy(AuditEvent, {
  scope: ownOffice,
  verbs: {
    list: roles('administrator', 'support'),
    show: roles('administrator', 'support'),
  },
})
