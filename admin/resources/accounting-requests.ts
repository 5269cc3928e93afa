/** Requests to accounting: asked by operators, answered by accountants, confirmed by whoever asked (S3-15, 16). */
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { bytesOf, withPapers } from '../../src/http/kept-uploads.ts'
import {
  answerRequest,
  refuseRequest,
  type AnsweredLine,
} from '../../src/operations/accounting-requests/answer-request.ts'
import { attachPapers, type ReceivedPaper } from '../../src/operations/accounting-requests/keep-papers.ts'
import { acknowledgeRequest, retryRequest } from '../../src/operations/accounting-requests/settle-request.ts'
import { uploadAnswer } from '../../src/operations/accounting-requests/upload-answer.ts'
import { requestLines } from '../../src/queries/accounting/request-lines.ts'
import { recordAction, resourceAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from './choices.ts'

/** `[{ lineId, taxDocumentKind, taxDocumentNumber, taxDocumentOn, externalNumber? }]`, as JSON or as its text. */
function answeredLines(value: unknown): AnsweredLine[] {
  const lines = typeof value === 'string' ? (JSON.parse(value) as unknown) : value
  const isLine = (line: Partial<AnsweredLine> | null) =>
    Number.isSafeInteger(Number(line?.lineId)) &&
    (line?.taxDocumentKind === 'upd' || line?.taxDocumentKind === 'tax_invoice') &&
    typeof line.taxDocumentNumber === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(String(line.taxDocumentOn))
  if (!Array.isArray(lines) || !lines.every(isLine)) {
    throw new DomainError('invalid', undefined, { lines: { code: 'bad-value' } })
  }
  return lines.map((line: AnsweredLine) => ({ ...line, lineId: Number(line.lineId) }))
}

/** The files of an answer by the line each was chosen for, as papers of the document of that line. */
const withPapersOf = <T>(
  files: unknown,
  numberOf: (lineId: number) => string,
  work: (papers: ReceivedPaper[]) => Promise<T>,
): Promise<T> =>
  withPapers((files ?? {}) as Record<string, unknown>, (kept) =>
    work([...kept].map(([lineId, file]) => ({ ...file, taxDocumentNumber: numberOf(Number(lineId)) }))),
  )

export const accountingRequests = defineResource(AccountingRequest, {
  id: 'accounting-requests',
  navigation: { group: 'shipping', icon: 'Send' },
  title: 'number',
  codes: ['number', 'externalNumber'],
  long: ['failureText'],
  choices: {
    currency: currencies,
    outcome: ['confirmed', 'refused', 'timed_out', 'undelivered'],
    answeredVia: ['link', 'office', 'xlsx'],
  },
  tones: {
    state: {
      all: { queued: 'theirs', sent: 'theirs', done: 'yours', failed: 'fail', acknowledged: 'done' },
      accountant: { queued: 'yours', sent: 'yours', done: 'done', failed: 'theirs', acknowledged: 'done' },
    },
  },
  list: [
    { property: 'number', card: 'title' },
    { property: 'organisationId', card: 'sub' },
    'shipmentOn',
    'lineCount',
    { property: 'totalMinor', card: 'sum' },
    { property: 'state', card: 'state' },
    'sentAt',
    'answeredAt',
    { property: 'outcome', optional: true },
    { property: 'externalNumber', optional: true },
    { property: 'answeredBy', optional: true },
    { property: 'contractId', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'answered', filters: { state: 'done' } },
    { key: 'refused', filters: { state: 'failed' } },
    { key: 'waiting', filters: { state: 'queued,sent' } },
    { key: 'acknowledged', filters: { state: 'acknowledged' } },
  ],
  filters: [
    'organisationId',
    'sellerId',
    'contractId',
    'state',
    'outcome',
    'shipmentOn',
    'sentAt',
    'answeredAt',
    'totalMinor',
    'currency',
  ],
  text: 'number',
  sum: { property: 'totalMinor', currencyFrom: 'currency' },
  report: 'accounting-requests',
  show: {
    state: 'state',
    codes: ['number', 'externalNumber'],
    sections: [
      {
        key: 'request',
        fields: ['organisationId', 'sellerId', 'contractId', 'shipmentOn', 'lineCount', 'totalMinor'],
      },
      { key: 'delivery', fields: ['sentAt', 'sentTo', 'attempts', 'nextTryAt'] },
      {
        key: 'answer',
        fields: ['outcome', 'answeredAt', 'answeredVia', 'answeredBy', 'failureText', 'acknowledgedAt'],
      },
    ],
    children: [{ resourceId: 'documents', foreignKey: 'requestId' }],
    steps: ['acknowledge', 'answer', 'attachFiles', 'retry', 'refuse'],
  },
  actions: [
    recordAction({ name: 'acknowledge', icon: 'Check' }, async (request, requestId) => {
      await acknowledgeRequest(request, { requestId })
    }),
    recordAction({ name: 'retry', icon: 'RefreshCw' }, async (request, requestId) => {
      await retryRequest(request, { requestId })
    }),
    recordAction(
      {
        name: 'answer',
        icon: 'CheckSquare',
        fields: [
          { name: 'lines', as: 'taxDocuments', required: true },
          { name: 'files', as: 'files' },
          { name: 'externalNumber', as: 'text' },
        ],
      },
      async (request, requestId, payload) => {
        const lines = answeredLines(payload['lines'])
        const externalNumber = payload['externalNumber'] as string | null
        const numberOf = (id: number) => lines.find(({ lineId }) => lineId === id)?.taxDocumentNumber ?? ''
        await withPapersOf(payload['files'], numberOf, (papers) =>
          answerRequest(request, { requestId, via: 'office', lines, externalNumber, papers }),
        )
      },
    ),
    recordAction(
      { name: 'attachFiles', icon: 'Paperclip', fields: [{ name: 'files', as: 'files', required: true }] },
      async (request, requestId, payload) => {
        const { lines } = await requestLines(request.actor, { requestId })
        const numberOf = (id: number) => lines.find(({ lineId }) => lineId === id)?.taxDocumentNumber ?? ''
        await withPapersOf(payload['files'], numberOf, (papers) =>
          attachPapers(request, { requestId, papers }),
        )
      },
    ),
    recordAction(
      {
        name: 'refuse',
        icon: 'XCircle',
        tone: 'danger',
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, requestId, payload) => {
        await refuseRequest(request, { requestId, reason: String(payload['reason']), via: 'office' })
      },
    ),
    // The table itself says which request it answers.
    resourceAction(
      { name: 'uploadAnswer', icon: 'Upload', fields: [{ name: 'file', as: 'file', required: true }] },
      async (request, _query, payload) => {
        const answered = await uploadAnswer(request, { file: await bytesOf(payload['file'], 'file') })
        return {
          result: { requestId: answered.id },
          redirectUrl: `/admin/resources/accounting-requests/records/${answered.id}/show`,
        }
      },
    ),
  ],
})
