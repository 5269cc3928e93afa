/** Acts, licences, invoices on paper and «Файлы 1С»: issued once, never edited, cancelled only by a replacement. */
import { Document } from '../../src/models/document.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { replaceDocument } from '../../src/operations/documents/replace-document.ts'
import { retryDocument } from '../../src/operations/documents/settle-documents.ts'
import { bulkAction, recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from './choices.ts'

export const documents = defineResource(Document, {
  id: 'documents',
  navigation: { group: 'shipping', icon: 'File' },
  title: 'number',
  codes: ['number', 'sha256'],
  long: ['cancelReason'],
  choices: { kind: ['act', 'licence', 'invoice', 'tax_invoice', 'upd'], currency: currencies },
  tones: {
    state: {
      all: { generating: 'theirs', ready: 'yours', published: 'done', cancelled: 'closed', failed: 'fail' },
      accountant: { ready: 'done' },
    },
  },
  list: [
    { property: 'number', card: 'title' },
    'kind',
    { property: 'organisationId', card: 'sub' },
    'issuedOn',
    { property: 'totalMinor', card: 'sum' },
    { property: 'state', card: 'state' },
    'publishedAt',
    'seenAt',
    { property: 'invoiceId', optional: true },
    { property: 'pageCount', optional: true },
    { property: 'sellerId', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'toPublish', filters: { state: 'ready', kind: 'act,licence' } },
    { key: 'acts', filters: { kind: 'act' } },
    { key: 'licences', filters: { kind: 'licence' } },
    { key: 'taxDocuments', filters: { kind: 'tax_invoice,upd' } },
    { key: 'failed', filters: { state: 'failed' } },
  ],
  filters: [
    'organisationId',
    'sellerId',
    'invoiceId',
    'requestId',
    'kind',
    'state',
    'issuedOn',
    'publishedAt',
    'totalMinor',
    'currency',
    'batchId',
  ],
  text: 'number',
  sum: { property: 'totalMinor', currencyFrom: 'currency' },
  report: 'documents',
  show: {
    state: 'state',
    codes: ['number'],
    sections: [
      {
        key: 'document',
        fields: ['kind', 'organisationId', 'sellerId', 'invoiceId', 'requestId', 'issuedOn', 'totalMinor'],
      },
      { key: 'file', fields: ['pageCount', 'templateVersion', 'sha256'] },
      {
        key: 'life',
        fields: ['publishedAt', 'seenAt', 'cancelledAt', 'cancelReason', 'replacesId', 'replacedById'],
      },
    ],
    steps: ['publish', 'retry', 'replace'],
    file: 'document',
  },
  actions: [
    recordAction({ name: 'publish', icon: 'UploadCloud' }, async (request, documentId) => {
      await publishDocuments(request, { documentIds: [documentId] })
    }),
    recordAction({ name: 'retry', icon: 'RefreshCw' }, async (request, documentId) => {
      await retryDocument(request, { documentId })
    }),
    recordAction(
      {
        name: 'replace',
        icon: 'Repeat',
        tone: 'danger',
        confirm: true,
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, documentId, payload) => {
        const replacement = await replaceDocument(request, { documentId, reason: String(payload['reason']) })
        return { redirectUrl: `/admin/resources/documents/records/${replacement.id}/show` }
      },
    ),
    bulkAction(
      { name: 'publishDocuments', verb: 'publish', icon: 'UploadCloud', confirm: true },
      async (request, documentIds) => {
        const result = await publishDocuments(request, { documentIds })
        return { params: { ...result }, result }
      },
    ),
    // The file itself is streamed by a link: an answer of an action is JSON.
    bulkAction({ name: 'printMany', icon: 'Printer' }, async (_request, documentIds) => ({
      result: { documentIds, href: `/admin/print?ids=${documentIds.join(',')}` },
    })),
  ],
})
