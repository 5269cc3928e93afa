/** Registers that come by mail by themselves, daily or monthly. */
import { ReportSchedule } from '../../src/models/report-schedule.ts'
import { reportScheduleKeeping } from '../../src/operations/keep-catalogue.ts'
import { defineResource } from '../define-resource.ts'

export const reportSchedules = defineResource(ReportSchedule, {
  id: 'report-schedules',
  navigation: { group: 'system', icon: 'Calendar' },
  title: 'report',
  choices: {
    report: ['register'],
    every: ['day', 'month'],
    language: ['ru', 'en'],
  },
  list: [
    { property: 'report', card: 'title' },
    { property: 'recipients', card: 'sub' },
    'every',
    'language',
    'isActive',
    { property: 'officeId', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'active', filters: { isActive: 'true' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['report', 'every', 'isActive'],
  show: {
    sections: [{ key: 'schedule', fields: ['report', 'every', 'recipients', 'language', 'isActive'] }],
    steps: ['edit', 'restore', 'delete'],
  },
  form: [
    {
      key: 'schedule',
      fields: [
        { property: 'report', half: true },
        { property: 'every', half: true },
        { property: 'recipients', required: true, hint: true },
        { property: 'language', half: true },
        'isActive',
      ],
    },
  ],
  keep: reportScheduleKeeping,
})
