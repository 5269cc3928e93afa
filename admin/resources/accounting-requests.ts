/** Requests to accounting: asked by operators, answered by accountants, confirmed by whoever asked (S3-15, 16). */
import { readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { env } from '../../src/env.ts'
import {
  answerRequest,
  refuseRequest,
  type AnsweredLine,
} from '../../src/operations/accounting-requests/answer-request.ts'
import { acknowledgeRequest, retryRequest } from '../../src/operations/accounting-requests/settle-request.ts'
import { uploadAnswer } from '../../src/operations/accounting-requests/upload-answer.ts'
import { recordAction, resourceAction, type UploadedFile } from '../actions.ts'
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

/** The bytes of an uploaded file. A JSON body may claim any path, so only what lies among the uploads is opened. */
function bytesOf(value: unknown): Promise<Buffer> {
  const { path } = value as Partial<UploadedFile>
  const uploads = join(env().DATA_DIR, 'uploads')
  if (typeof path !== 'string' || !resolve(path).startsWith(resolve(uploads) + sep))
    throw new DomainError('invalid', undefined, { file: { code: 'bad-value' } })
  return readFile(path)
}

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
    steps: ['acknowledge', 'answer', 'retry', 'refuse'],
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
          { name: 'externalNumber', as: 'text' },
        ],
      },
      async (request, requestId, payload) => {
        const lines = answeredLines(payload['lines'])
        const externalNumber = payload['externalNumber'] as string | null
        await answerRequest(request, { requestId, via: 'office', lines, externalNumber })
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
        const answered = await uploadAnswer(request, { file: await bytesOf(payload['file']) })
        return {
          result: { requestId: answered.id },
          redirectUrl: `/admin/resources/accounting-requests/records/${answered.id}/show`,
        }
      },
    ),
  ],
})
