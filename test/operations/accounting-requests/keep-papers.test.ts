import test from 'ava'
import { Document } from '../../../src/models/document.ts'
import { StoredFile } from '../../../src/models/stored-file.ts'
import { answerRequest } from '../../../src/operations/accounting-requests/answer-request.ts'
import { attachPapers } from '../../../src/operations/accounting-requests/keep-papers.ts'
import { requestLines } from '../../../src/queries/accounting/request-lines.ts'
import { isolated, isolatedDatabase } from '../../_support/database.ts'
import { actorFor, as, buildRequest, buildShippedInvoice } from '../../_support/factories.ts'

await isolatedDatabase()

const paper = (taxDocumentNumber: string, key = '00/paper') => ({
  key,
  size: 1024,
  sha256: 'b'.repeat(64),
  mime: 'application/pdf',
  name: `СФ-${taxDocumentNumber}.pdf`,
  taxDocumentNumber,
})

test(
  'an accountant answers in the office with a file, which covers every line of its document',
  isolated(async (t) => {
    const { office, request, lines } = await buildRequest()
    const accountant = actorFor('accountant', office)
    await answerRequest(as(accountant), {
      requestId: request.id,
      via: 'office',
      lines: lines.map(({ id }) => ({
        lineId: id,
        taxDocumentKind: 'tax_invoice' as const,
        taxDocumentNumber: '778',
        taxDocumentOn: '2026-11-23',
      })),
      papers: [paper('778')],
    })
    const found = await requestLines(accountant, { requestId: request.id })
    for (const line of found.lines)
      t.deepEqual(
        line.received.map(({ kind, number, hasFile }) => ({ kind, number, hasFile })),
        [{ kind: 'tax_invoice', number: '778', hasFile: true }],
      )
    t.is(await Document.count({ where: { requestId: request.id } }), 1)
    const file = await StoredFile.findOne({ where: { storageKey: '00/paper' }, rejectOnEmpty: true })
    t.is(file.createdBy, accountant.id)
  }),
)

test(
  'papers may follow an answer, for documents that were named in it and by those who answer',
  isolated(async (t) => {
    const { office, operator, request } = await buildShippedInvoice()
    const accountant = actorFor('accountant', office)
    const { lines } = await requestLines(accountant, { requestId: request.id })
    const number = lines[0]?.taxDocumentNumber ?? ''
    const late = { requestId: request.id, papers: [paper(number)] }
    await t.throwsAsync(attachPapers(as(operator), late), { message: 'forbidden' })
    const foreign = await t.throwsAsync<Error & { fields?: object }>(
      attachPapers(as(accountant), { requestId: request.id, papers: [paper('нет такого')] }),
    )
    t.deepEqual(foreign?.fields, { files: { code: 'file-without-document' } })
    await attachPapers(as(accountant), late)
    const after = await requestLines(accountant, { requestId: request.id })
    t.is(after.lines[0]?.received.length, 1)

    const waiting = await buildRequest({ office })
    await t.throwsAsync(
      attachPapers(as(accountant), { requestId: waiting.request.id, papers: [paper('1')] }),
      { message: 'forbidden' },
    )
  }),
)
