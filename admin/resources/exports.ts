/** Registers in Excel: made in the background, fetched by their author, gone after their time. */
import { Export } from '../../src/models/export.ts'
import { defineResource } from '../define-resource.ts'

export const exports = defineResource(Export, {
  id: 'exports',
  navigation: { group: 'shipping', icon: 'Download' },
  title: 'report',
  choices: { report: ['invoice-lines', 'invoices', 'accounting-requests', 'documents'], language: ['ru', 'en'] },
  tones: {
    state: {
      all: { queued: 'theirs', running: 'theirs', ready: 'done', failed: 'fail', cancelled: 'closed', expired: 'closed' },
    },
  },
  list: [
    { property: 'report', card: 'title' },
    { property: 'createdAt', card: 'sub' },
    { property: 'rowsTotal', card: 'sum' },
    'rowsDone',
    { property: 'state', card: 'state' },
    'expiresAt',
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'running', filters: { state: 'queued,running' } },
    { key: 'ready', filters: { state: 'ready' } },
    { key: 'failed', filters: { state: 'failed' } },
  ],
  filters: ['report', 'state', 'createdAt'],
  show: {
    state: 'state',
    sections: [
      { key: 'register', fields: ['report', 'language', 'rowsTotal', 'rowsDone', 'mailTo'] },
      { key: 'life', fields: ['createdAt', 'startedAt', 'finishedAt', 'expiresAt', 'failureCode'] },
    ],
    steps: [],
    file: 'export',
  },
})
