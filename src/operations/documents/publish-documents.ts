/** «Отправить акты в ЛК» (S3-19): the client gets the papers and one letter about all of them. */
import { notifyDesk } from '../../db/notify-desk.ts'
import { DomainError } from '../../domain/errors.ts'
import { documentStates } from '../../domain/states/document.ts'
import { invoiceLineStates } from '../../domain/states/invoice-line.ts'
import { DocumentLine } from '../../models/document-line.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { openBatch } from '../../queue/batch.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'

export type DocumentsPublished = Readonly<{
  published: number
  /** Clients without an address: the papers are published, nobody was told. */
  withoutAddress: number
}>

/**
 * Publishes the given documents, or all ready acts, licences and received papers of the given lines. What is published
 * already is passed over, so a second press sends no second letter.
 * @throws DomainError `nothing-to-publish`, `forbidden`
 */
export const publishDocuments = operation(
  'document.publish',
  async (
    { actor, now },
    input: { lineIds: readonly number[] } | { documentIds: readonly number[] },
  ): Promise<DocumentsPublished> => {
    authorise(actor, 'publish', Document)
    const ids = 'documentIds' in input ? input.documentIds : await documentsOf(input.lineIds)
    const documents = await Document.findAll({ where: { id: [...new Set(ids)] }, order: ['id'], lock: true })
    for (const document of documents) authorise(actor, 'show', document)
    const ready = documents.filter((document) => document.state === 'ready' && document.kind !== 'invoice')
    if (ready.length === 0) {
      if (documents.some((document) => document.state === 'published'))
        return { published: 0, withoutAddress: 0 }
      throw new DomainError('nothing-to-publish')
    }

    for (const document of ready) {
      await document.update({
        state: documentStates.next(document.state, 'publish'),
        publishedAt: now,
        publishedBy: actor.id,
      })
    }
    await publishLines(ready)
    const withoutAddress = await tellClients(ready, actor.id)
    for (const officeId of new Set(ready.map((document) => document.officeId)))
      await notifyDesk({ officeId, topic: 'counters' })
    for (const organisationId of new Set(ready.map((document) => document.organisationId)))
      await notifyDesk({ organisationId, topic: 'counters' })
    return { published: ready.length, withoutAddress }
  },
)

async function documentsOf(lineIds: readonly number[]): Promise<number[]> {
  const places = await DocumentLine.findAll({ where: { lineId: [...lineIds], isActive: true } })
  return places.map(({ documentId }) => documentId)
}

async function publishLines(documents: readonly Document[]): Promise<void> {
  const places = await DocumentLine.findAll({
    where: { documentId: documents.map(({ id }) => id), isActive: true },
  })
  const lines = await InvoiceLine.findAll({
    where: { id: places.map(({ lineId }) => lineId), state: invoiceLineStates.statesWhere('publish') },
    order: ['id'],
    lock: true,
  })
  for (const line of lines) await line.update({ state: invoiceLineStates.next(line.state, 'publish') })
}

async function tellClients(documents: readonly Document[], createdBy: number | null): Promise<number> {
  const organisations = await Organisation.findAll({
    where: { id: [...new Set(documents.map(({ organisationId }) => organisationId))] },
    order: ['id'],
  })
  let withoutAddress = 0
  for (const organisation of organisations) {
    const own = documents.filter(({ organisationId }) => organisationId === organisation.id)
    const batchId = await openBatch({
      kind: 'publish',
      officeId: organisation.officeId,
      organisationId: organisation.id,
      createdBy,
      total: organisation.email ? 1 : 0,
      params: { documents: own.length },
    })
    const mail = await postMail({
      kind: 'documents-published',
      dedupKey: `documents-published:${batchId}`,
      officeId: organisation.officeId,
      organisationId: organisation.id,
      recipient: organisation.email,
      recipientName: organisation.headName,
      language: organisation.language,
      params: { documentIds: own.map(({ id }) => id) },
      batchId,
    })
    if (mail.state === 'no_address') withoutAddress += 1
  }
  return withoutAddress
}
