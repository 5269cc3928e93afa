/** Acts, licences and счета-фактуры that were published to the client (S3-19). */
import { Document } from '../../src/models/document.ts'
import { bulkAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from '../resources/choices.ts'

export const ourDocuments = defineResource(Document, {
  id: 'documents',
  side: 'client',
  navigation: { group: 'ours', icon: 'File' },
  title: 'number',
  codes: ['number'],
  choices: { kind: ['act', 'licence', 'tax_invoice', 'upd'], currency: currencies },
  tones: { state: { all: { published: 'done' } } },
  list: [
    { property: 'number', card: 'title' },
    { property: 'kind', card: 'sub' },
    'issuedOn',
    { property: 'totalMinor', card: 'sum' },
    'publishedAt',
    'seenAt',
    { property: 'invoiceId', optional: true },
    { property: 'pageCount', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'acts', filters: { kind: 'act' } },
    { key: 'licences', filters: { kind: 'licence' } },
    { key: 'taxDocuments', filters: { kind: 'tax_invoice,upd' } },
  ],
  filters: ['kind', 'invoiceId', 'issuedOn', 'publishedAt', 'totalMinor'],
  text: 'number',
  show: {
    codes: ['number'],
    sections: [
      { key: 'document', fields: ['kind', 'invoiceId', 'issuedOn', 'totalMinor'] },
      { key: 'file', fields: ['pageCount', 'publishedAt', 'seenAt'] },
    ],
    file: 'document',
  },
  actions: [
    // The file itself is streamed by a link: an answer of an action is JSON.
    bulkAction({ name: 'printMany', icon: 'Printer' }, async (_request, documentIds) => ({
      result: { documentIds, href: `/cabinet/print?ids=${documentIds.join(',')}` },
    })),
  ],
})
