/** The filled-in table: taken whole or not at all, told cell by cell what is wrong, and harmless when it comes twice. */
import test from 'ava'
import { answerWorkbook } from '../../../src/reports/answer-workbook.ts'
import type { DomainError } from '../../../src/domain/errors.ts'
import { AccountingRequestLine } from '../../../src/models/accounting-request-line.ts'
import { AuditEvent } from '../../../src/models/audit-event.ts'
import { uploadAnswer } from '../../../src/operations/accounting-requests/upload-answer.ts'
import type { AccountingRequest } from '../../../src/models/accounting-request.ts'
import { requestSheet } from '../../../src/queries/accounting/request-sheet.ts'
import { filledAnswer, type Filled } from '../../accounting/_filled-answer.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import { actorFor, as, buildOffice, buildRequest } from '../../_support/factories.ts'

await isolatedDatabase()

const right: Filled[] = [
  { taxDocumentNumber: '000778', taxDocumentOn: '23.11.2026', externalNumber: 'КА-1' },
  { taxDocumentKind: 'СФ', taxDocumentNumber: '779', taxDocumentOn: '2026-11-23', comment: 'на руки' },
]

async function table(request: AccountingRequest): Promise<Buffer> {
  const sheet = await requestSheet(request.id)
  if (!sheet) throw new Error('no request')
  return answerWorkbook(sheet, 'ru')
}

const places = (request: AccountingRequest) =>
  AccountingRequestLine.findAll({ where: { requestId: request.id }, order: ['id'] })

test(
  'a filled-in table answers every line, with its zeros and its days',
  isolated(async (t) => {
    const { request, office } = await buildRequest()
    const accountant = actorFor('accountant', office)
    const file = await filledAnswer(await table(request), right)
    await uploadAnswer(as(accountant), { file })
    t.is((await request.reload()).state, 'done')
    t.is(request.answeredVia, 'xlsx')
    const said = await places(request)
    t.deepEqual(
      said.map((line) => [
        line.taxDocumentKind,
        line.taxDocumentNumber,
        line.taxDocumentOn,
        line.externalNumber,
        line.comment,
      ]),
      [
        ['upd', '000778', '2026-11-23', 'КА-1', null],
        ['tax_invoice', '779', '2026-11-23', null, 'на руки'],
      ],
    )
  }),
)

test(
  'the same table twice changes nothing, another one is refused',
  isolated(async (t) => {
    const { request, office } = await buildRequest()
    const accountant = actorFor('accountant', office)
    const empty = await table(request)
    const file = await filledAnswer(empty, right)
    await uploadAnswer(as(accountant), { file })
    const { version } = await request.reload()
    const events = await AuditEvent.count()
    await uploadAnswer(as(accountant), { file })
    t.is((await request.reload()).version, version)
    t.is(await AuditEvent.count(), events)
    const other = await filledAnswer(empty, [{ ...right[0], taxDocumentNumber: '1' }, right[1] ?? {}])
    await t.throwsAsync(uploadAnswer(as(accountant), { file: other }), { message: 'request-answered' })
  }),
)

test(
  'every wrong cell is named and nothing is applied',
  isolated(async (t) => {
    const { request, office } = await buildRequest()
    const accountant = actorFor('accountant', office)
    let firstRow = 0
    const file = await filledAnswer(
      await table(request),
      [
        { taxDocumentNumber: '778', taxDocumentOn: '31.02.2026' },
        { taxDocumentKind: 'накладная', taxDocumentOn: '23.11.2026' },
      ],
      (_sheet, row) => (firstRow = row),
    )
    const error = await t.throwsAsync<DomainError>(uploadAnswer(as(accountant), { file }), {
      message: 'answer.faulty',
    })
    t.deepEqual(
      Object.fromEntries(Object.entries(error?.fields ?? {}).map(([place, { code }]) => [place, code])),
      {
        [`rows.${firstRow}.taxDocumentOn`]: 'cell-not-a-day',
        [`rows.${firstRow + 1}.taxDocumentKind`]: 'answer.tax-document-kind',
        [`rows.${firstRow + 1}.taxDocumentNumber`]: 'required',
      },
    )
    t.deepEqual(error?.fields?.[`rows.${firstRow}.taxDocumentOn`]?.params, {
      value: '31.02.2026',
      row: firstRow,
    })
    t.is((await request.reload()).state, 'sent')
    t.true((await places(request)).every(({ taxDocumentNumber }) => taxDocumentNumber === null))
  }),
)

test(
  'a table with a row too few, of another request or of another office is refused',
  isolated(async (t) => {
    const { request, office, organisation } = await buildRequest()
    const { request: second } = await buildRequest({ office, organisation })
    const accountant = actorFor('accountant', office)
    const code = async (work: Promise<unknown>) =>
      (await t.throwsAsync<DomainError>(work))?.fields?.['file']?.code

    const shortened = await filledAnswer(await table(request), [right[0] ?? {}], (sheet, row) => {
      sheet.spliceRows(row + 1, 1)
    })
    t.is(await code(uploadAnswer(as(accountant), { file: shortened })), 'answer.workbook-changed')
    const file = await filledAnswer(await table(request), right)
    t.is(
      await code(uploadAnswer(as(accountant), { file, requestId: second.id })),
      'answer.workbook-other-request',
    )
    t.is(await code(uploadAnswer(as(accountant), { file: Buffer.from('no workbook') })), 'xlsx-unreadable')

    const stranger = actorFor('accountant', await buildOffice())
    await t.throwsAsync(uploadAnswer(as(stranger), { file }), { message: 'forbidden' })
    await t.throwsAsync(uploadAnswer(as(actorFor('operator', office)), { file }), { message: 'forbidden' })
    t.is((await request.reload()).state, 'sent')
  }),
)

test(
  'another office learns nothing about an answer that was given',
  isolated(async (t) => {
    const { request, office } = await buildRequest()
    const file = await filledAnswer(await table(request), right)
    await uploadAnswer(as(actorFor('accountant', office)), { file })
    await t.throwsAsync(uploadAnswer(as(actorFor('accountant', await buildOffice())), { file }), {
      message: 'forbidden',
    })
  }),
)
