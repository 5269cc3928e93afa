/** Who may have a register mailed on schedule. */
import { ReportSchedule } from '../models/report-schedule.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'accountant')

export const reportSchedulePolicy = definePolicy(ReportSchedule, {
  scope: ownOffice,
  writable: ['report', 'every', 'params', 'language', 'recipients', 'isActive'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    delete: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    restore: (actor, record) => keepers(actor) && (!record || record.deletedAt !== null),
  },
})
