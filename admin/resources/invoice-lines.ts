/** «Услуги»: the lines an operator ships, from payment to the act in the client's cabinet (S3-15…21). */
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { requestShipment } from '../../src/operations/accounting-requests/request-shipment.ts'
import { generateDocuments, type GeneratedKind } from '../../src/operations/documents/generate-documents.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { cancelLine } from '../../src/operations/invoices/cancel-line.ts'
import { lineFacts } from '../../src/queries/accounting/line-facts.ts'
import { lineStandings, whereStanding } from '../../src/queries/accounting/line-standing.ts'
import { keepRecords } from '../../src/operations/keep-record.ts'
import { bulkAction, recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import type { Tones } from '../view-types.ts'
import { currencies } from './choices.ts'

const { edit } = keepRecords('invoice-line', InvoiceLine)

/** «Акты и/или лицензии»: what the form ticked; both when nothing was said. */
const kindsOf = (payload: Readonly<Record<string, unknown>>): GeneratedKind[] =>
  (['act', 'licence'] as const).filter((kind) => payload[`${kind}s`] !== false)

/** Whose move each standing is. */
const standingTones: Tones = {
  all: {
    ordered: 'draft',
    paid: 'yours',
    shipping_requested: 'theirs',
    unanswered: 'warn',
    refused: 'fail',
    shipped: 'yours',
    acted: 'yours',
    published: 'done',
    cancelled: 'closed',
  },
  accountant: {
    paid: 'theirs',
    shipping_requested: 'yours',
    refused: 'theirs',
    shipped: 'done',
    acted: 'done',
  },
}

export const invoiceLines = defineResource(InvoiceLine, {
  id: 'invoice-lines',
  navigation: { group: 'shipping', icon: 'Package' },
  title: 'name',
  codes: ['portalOrderNumber', 'unitCode'],
  long: ['licenceText', 'vatExemption', 'comment'],
  choices: { kind: ['service', 'licence', 'goods'], currency: currencies },
  beside: {
    shown: [
      { property: 'standing', as: 'standing', tones: standingTones },
      { property: 'request', as: 'request' },
      { property: 'licences', as: 'papers' },
      { property: 'acts', as: 'papers' },
      { property: 'received', as: 'papers' },
      { property: 'invoiceIssuedOn', as: 'day' },
    ],
    read: ({ actor, now }, ids) => lineFacts(actor, ids, now),
    filters: { standing: { options: [...lineStandings], means: whereStanding } },
  },
  list: [
    { property: 'organisationId', card: 'sub' },
    { property: 'name', card: 'title' },
    'portalOrderNumber',
    'paidOn',
    { property: 'totalMinor', card: 'sum' },
    { property: 'standing', card: 'state' },
    'request',
    'acts',
    { property: 'licences', optional: true },
    { property: 'received', optional: true },
    { property: 'shippedOn', optional: true },
    { property: 'invoiceId', optional: true },
    { property: 'invoiceIssuedOn', optional: true },
    { property: 'quantity', optional: true },
    { property: 'kind', optional: true },
    { property: 'validFrom', optional: true },
    { property: 'validTo', optional: true },
    { property: 'comment', optional: true },
  ],
  sortable: ['paidOn'],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'ready', filters: { state: 'paid' } },
    { key: 'inAccounting', filters: { standing: 'shipping_requested' } },
    { key: 'refused', filters: { standing: 'refused' } },
    { key: 'unanswered', filters: { standing: 'unanswered' } },
    { key: 'withoutAct', filters: { state: 'shipped' } },
    { key: 'toPublish', filters: { state: 'acted' } },
    { key: 'notPaid', filters: { state: 'ordered' } },
  ],
  filters: [
    'organisationId',
    'invoiceId',
    'state',
    'kind',
    'paidOn',
    'shippedOn',
    'totalMinor',
    'currency',
    'portalOrderNumber',
    'validTo',
    'productId',
  ],
  text: 'name',
  hasSearchName: true,
  sum: { property: 'totalMinor', currencyFrom: 'currency' },
  report: 'invoice-lines',
  show: {
    state: 'standing',
    codes: ['portalOrderNumber'],
    sections: [
      {
        key: 'line',
        fields: [
          'organisationId',
          'invoiceId',
          'invoiceIssuedOn',
          'productId',
          'name',
          'kind',
          'licenceText',
          'seats',
        ],
      },
      {
        key: 'amounts',
        fields: [
          'quantity',
          'unit',
          'priceMinor',
          'netMinor',
          'vatPercent',
          'vatExemption',
          'vatMinor',
          'totalMinor',
        ],
      },
      { key: 'term', fields: ['paidOn', 'request', 'shippedOn', 'validFrom', 'validTo', 'comment'] },
    ],
    children: [],
    steps: ['edit', 'cancelLine'],
  },
  form: [{ key: 'line', fields: ['comment'] }],
  keep: { edit },
  actions: [
    bulkAction({ name: 'requestShipment', icon: 'Send', confirm: true }, async (request, lineIds) => {
      const { requests, created } = await requestShipment(request, { lineIds })
      return {
        params: { requests: requests.length, created },
        result: { requestIds: requests.map(({ id }) => id), created },
      }
    }),
    bulkAction(
      {
        name: 'generateDocuments',
        icon: 'FilePlus',
        fields: [
          { name: 'acts', as: 'flag' },
          { name: 'licences', as: 'flag' },
        ],
      },
      async (request, lineIds, payload) => {
        const result = await generateDocuments(request, { lineIds, kinds: kindsOf(payload) })
        return { params: { created: result.created, skipped: result.skipped }, result }
      },
    ),
    bulkAction({ name: 'publishDocuments', icon: 'UploadCloud', confirm: true }, async (request, lineIds) => {
      const result = await publishDocuments(request, { lineIds })
      return { params: { ...result }, result }
    }),
    recordAction(
      {
        name: 'cancelLine',
        verb: 'cancel',
        icon: 'XCircle',
        tone: 'danger',
        confirm: true,
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, lineId, payload) => {
        await cancelLine(request, { lineId, reason: String(payload['reason']) })
      },
    ),
  ],
})
