/** Who may see, publish and replace documents. */
import { Document } from '../models/document.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const members = roles('head', 'employee')
const issuers = roles('administrator', 'operator')

export const documentPolicy = definePolicy(Document, {
  scope: ownOffice,
  // The content is in the file; the snapshot it was rendered from is nobody's reading.
  hidden: ['data', 'verificationCode'],
  verbs: {
    list: readers,
    show: readers,
    download: readers,
    publish: (actor, document) =>
      issuers(actor) && (!document || (document.state === 'ready' && document.kind !== 'invoice')),
    replace: (actor, document) =>
      issuers(actor) &&
      (!document ||
        ((document.kind === 'act' || document.kind === 'licence') &&
          (document.state === 'ready' || document.state === 'published'))),
    retry: (actor, document) =>
      roles('administrator', 'operator', 'support')(actor) && (!document || document.state === 'failed'),
    printMany: readers,
    export: readers,
  },
  client: {
    scope: ownOrganisation({ state: ['published'] }),
    columns: [
      'id',
      'organisationId',
      'invoiceId',
      'kind',
      'number',
      'issuedOn',
      'totalMinor',
      'currency',
      'state',
      'pageCount',
      'publishedAt',
      'seenAt',
    ],
    verbs: { list: members, show: members, download: members, printMany: members },
  },
})
