/** Many documents as one PDF: the pile an operator sends to the printer with one press. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { mergePdf } from '../documents/merge-pdf.ts'
import { DomainError } from '../domain/errors.ts'
import { Document } from '../models/document.ts'
import { StoredFile } from '../models/stored-file.ts'
import { seePaper } from '../operations/mails/see-paper.ts'
import { sideOf, type Actor } from '../policies/actor.ts'
import { can } from '../policies/define-policy.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { actorOf } from './desk/actor-of.ts'

/** As many as a list shows at once. */
const mostDocuments = 500

/** GET /?ids=1,2,3, mounted behind the guards at `/admin/print` and `/cabinet/print`: the documents in this order, shown in the browser. */
export function printTogether(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const { ids: asked } = request.query
    const ids = (typeof asked === 'string' ? asked : '').split(',').map(Number)
    const actor = actorOf(response)
    const files = await filesOf(actor, ids)
    const folder = await mkdtemp(join(tmpdir(), 'certdesk-print-'))
    try {
      const toFile = join(folder, `${randomUUID()}.pdf`)
      const { size } = await mergePdf(
        files.map(({ storageKey }) => store().pathOf(storageKey)),
        { toFile, createdAt: new Date() },
      )
      if (sideOf(actor) === 'client')
        for (const id of ids) await seePaper({ actor, now: new Date() }, { documentId: id })
      response.set({
        'Content-Type': 'application/pdf',
        'Content-Length': String(size),
        'Content-Disposition': 'inline; filename="print.pdf"',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      await pipeline(createReadStream(toFile), response).catch((fault: NodeJS.ErrnoException) => {
        // The reader left: nothing to tell anybody.
        if (fault.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
  return router
}

/** @throws DomainError `not-found` when any of them is not this person's to read, `too-many-documents`, `file-missing` */
async function filesOf(actor: Actor, ids: readonly number[]): Promise<StoredFile[]> {
  if (ids.length > mostDocuments) throw new DomainError('too-many-documents', { limit: mostDocuments })
  if (!ids.every((id) => Number.isSafeInteger(id) && id > 0)) throw new DomainError('not-found')
  const documents = await Document.findAll({ where: { id: [...ids] } })
  const files = await StoredFile.findAll({ where: { id: documents.flatMap(({ fileId }) => fileId ?? []) } })
  return ids.map((id) => {
    const document = documents.find((one) => one.id === id)
    if (!document || !can(actor, 'printMany', document)) throw new DomainError('not-found')
    const file = files.find((one) => one.id === document.fileId)
    if (!file || file.mime !== 'application/pdf') throw new DomainError('file-missing')
    return file
  })
}
