/** «Файлы 1С» (S3-17): a received счёт-фактура becomes a document of the client, covering the lines it was named for. */
import { DomainError } from '../../domain/errors.ts'
import { AccountingRequestLine } from '../../models/accounting-request-line.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { DocumentLine } from '../../models/document-line.ts'
import { Document } from '../../models/document.ts'
import { authorise } from '../../policies/define-policy.ts'
import { operation, type Context } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'

export type ReceivedPaper = Uploaded & Readonly<{ taxDocumentNumber: string }>

type Named = Readonly<{
  lineId: number
  taxDocumentKind: 'upd' | 'tax_invoice' | null
  taxDocumentNumber: string | null
  taxDocumentOn: string | null
}>

/** @throws DomainError `invalid` with `files` for a paper that is none of the documents of these lines */
export async function keepPapers(
  { actor, now }: Context,
  request: AccountingRequest,
  lines: readonly Named[],
  papers: readonly ReceivedPaper[],
): Promise<void> {
  const { officeId, organisationId } = request
  for (const paper of papers) {
    const number = paper.taxDocumentNumber.trim()
    const covered = lines.filter((line) => line.taxDocumentNumber?.trim() === number)
    const [first] = covered
    if (!first?.taxDocumentKind || !first.taxDocumentOn)
      throw new DomainError('invalid', {}, { files: { code: 'file-without-document' } })
    const file = await storeUpload(paper, { officeId, organisationId, createdBy: actor.id, createdAt: now })
    const document = await Document.create({
      officeId,
      organisationId,
      sellerId: request.sellerId,
      requestId: request.id,
      kind: first.taxDocumentKind,
      number,
      issuedOn: first.taxDocumentOn,
      currency: request.currency,
      state: 'ready',
      fileId: file.id,
      sha256: file.sha256,
    })
    const kind = first.taxDocumentKind
    await DocumentLine.bulkCreate(covered.map(({ lineId }) => ({ documentId: document.id, lineId, kind })))
  }
}

/** The papers of an answer given earlier: by a link without files, or by the filled-in table. */
export const attachPapers = operation(
  'accounting-request.attach-files',
  async (context, { requestId, papers }: { requestId: number; papers: readonly ReceivedPaper[] }) => {
    const request = await AccountingRequest.findByPk(requestId, { lock: true })
    if (!request) throw new DomainError('not-found')
    authorise(context.actor, 'attachFiles', request)
    if (papers.length === 0) throw new DomainError('invalid', {}, { files: { code: 'required' } })
    const lines = await AccountingRequestLine.findAll({ where: { requestId }, order: ['id'] })
    await keepPapers(context, request, lines, papers)
    return request
  },
)
