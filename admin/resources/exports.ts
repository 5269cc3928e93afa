/** Registers in Excel: made in the background, fetched by their author, gone after their time. */
import { Export } from '../../src/models/export.ts'
import { cancelExport, requestRegister, retryExport } from '../../src/operations/exports/export-register.ts'
import { recordAction, resourceAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { registerOrder } from '../register-order.ts'

export const exports = defineResource(Export, {
  id: 'exports',
  navigation: { group: 'shipping', icon: 'Download' },
  title: 'report',
  choices: { report: ['register'], language: ['ru', 'en'] },
  tones: {
    state: {
      all: {
        queued: 'theirs',
        running: 'theirs',
        ready: 'done',
        failed: 'fail',
        cancelled: 'closed',
        expired: 'closed',
      },
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
    steps: ['cancel', 'retry'],
    file: 'export',
  },
  actions: [
    // Pressed in another list: its conditions come as the query, its name in the payload.
    resourceAction(
      {
        name: 'exportRegister',
        icon: 'Download',
        fields: [{ name: 'resourceId', as: 'text', required: true }],
      },
      async (request, query, payload) => {
        const made = await requestRegister(
          request,
          await registerOrder(request, String(payload['resourceId']), query),
        )
        return { result: { exportId: made.id } }
      },
    ),
    recordAction({ name: 'cancel', icon: 'XCircle', confirm: true }, async (request, exportId) => {
      await cancelExport(request, { exportId })
    }),
    recordAction({ name: 'retry', icon: 'RefreshCw' }, async (request, exportId) => {
      await retryExport(request, { exportId })
    }),
  ],
})
