/** Invoices: drafted, numbered when issued, settled by payments. */
import { Invoice } from '../../src/models/invoice.ts'
import { printInvoice } from '../../src/operations/documents/print-invoice.ts'
import { cancelInvoice } from '../../src/operations/invoices/cancel-invoice.ts'
import { discardDraft, restoreDraft } from '../../src/operations/invoices/discard-draft.ts'
import {
  draftInvoice,
  editDraftInvoice,
  type InvoiceDraft,
} from '../../src/operations/invoices/draft-invoice.ts'
import { issueInvoice } from '../../src/operations/invoices/issue-invoice.ts'
import { recordPayment } from '../../src/operations/invoices/record-payment.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { readDraftLines } from '../draft-lines.ts'
import { currencies } from './choices.ts'

/** The lines of a draft come as JSON beside the fields: `[{ productId, quantity, priceMinor?, validFrom?, validTo? }]`. */
const draftOf = (values: object): InvoiceDraft => {
  const { lines, ...rest } = values as InvoiceDraft & { lines?: unknown }
  return { ...rest, lines: readDraftLines(lines) }
}

export const invoices = defineResource(Invoice, {
  id: 'invoices',
  navigation: { group: 'shipping', icon: 'FileText' },
  title: 'number',
  codes: ['number', 'portalOrderNumber'],
  long: ['cancelReason'],
  choices: { currency: currencies },
  tones: {
    state: {
      all: { draft: 'draft', issued: 'theirs', part_paid: 'warn', paid: 'done', cancelled: 'closed' },
      accountant: { issued: 'yours', part_paid: 'yours' },
    },
  },
  list: [
    { property: 'number', card: 'title' },
    { property: 'organisationId', card: 'sub' },
    'issuedOn',
    'dueOn',
    { property: 'totalMinor', card: 'sum' },
    'paidMinor',
    { property: 'state', card: 'state' },
    { property: 'portalOrderNumber', optional: true },
    { property: 'contractId', optional: true },
    { property: 'paidOn', optional: true },
    { property: 'sellerId', optional: true },
  ],
  sortable: ['issuedOn'],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'drafts', filters: { state: 'draft' } },
    { key: 'waiting', filters: { state: 'issued,part_paid' } },
    { key: 'paid', filters: { state: 'paid' } },
    { key: 'cancelled', filters: { state: 'cancelled' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: [
    'organisationId',
    'contractId',
    'sellerId',
    'state',
    'issuedOn',
    'dueOn',
    'paidOn',
    'totalMinor',
    'currency',
    'portalOrderNumber',
  ],
  text: 'number',
  sum: { property: 'totalMinor', currencyFrom: 'currency' },
  report: 'invoices',
  show: {
    state: 'state',
    codes: ['number', 'portalOrderNumber'],
    sections: [
      { key: 'invoice', fields: ['organisationId', 'sellerId', 'contractId', 'issuedOn', 'dueOn'] },
      {
        key: 'amounts',
        fields: ['netMinor', 'vatMinor', 'totalMinor', 'paidMinor', 'paidOn', 'cancelReason'],
      },
    ],
    children: [
      { resourceId: 'invoice-lines', foreignKey: 'invoiceId' },
      { resourceId: 'payments', foreignKey: 'invoiceId' },
      { resourceId: 'documents', foreignKey: 'invoiceId' },
    ],
    steps: ['issue', 'recordPayment', 'generateDocument', 'edit', 'cancel', 'restore', 'delete'],
  },
  form: [
    {
      key: 'invoice',
      fields: [
        { property: 'organisationId', onlyNew: true },
        { property: 'contractId', half: true },
        { property: 'dueOn', half: true, hint: true },
        { property: 'portalOrderNumber', half: true },
      ],
    },
  ],
  extras: ['lines'],
  keep: {
    create: (context, { values }) => draftInvoice(context, draftOf(values)),
    edit: (context, { id, version, values }) =>
      editDraftInvoice(context, { ...draftOf(values), id, ...(version !== undefined && { version }) }),
    remove: discardDraft,
    restore: restoreDraft,
  },
  actions: [
    recordAction({ name: 'issue', icon: 'Send', confirm: true }, async (request, invoiceId) => {
      const invoice = await issueInvoice(request, { invoiceId })
      return { params: { number: invoice.number ?? '' } }
    }),
    recordAction(
      {
        name: 'recordPayment',
        icon: 'CreditCard',
        fields: [
          { name: 'amountMinor', as: 'money', required: true },
          { name: 'paidOn', as: 'day', required: true },
          { name: 'number', as: 'text' },
          { name: 'comment', as: 'text' },
        ],
      },
      async (request, invoiceId, payload) => {
        await recordPayment(request, {
          invoiceId,
          amountMinor: Number(payload['amountMinor']),
          paidOn: String(payload['paidOn']),
          ...(payload['number'] !== null && { number: String(payload['number']) }),
          ...(payload['comment'] !== null && { comment: String(payload['comment']) }),
        })
      },
    ),
    recordAction({ name: 'generateDocument', verb: 'print', icon: 'Printer' }, async (request, invoiceId) => {
      const document = await printInvoice(request, { invoiceId })
      return { redirectUrl: `/admin/resources/documents/records/${document.id}/show` }
    }),
    recordAction(
      {
        name: 'cancel',
        icon: 'XCircle',
        tone: 'danger',
        confirm: true,
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, invoiceId, payload) => {
        await cancelInvoice(request, { invoiceId, reason: String(payload['reason']) })
      },
    ),
  ],
})
