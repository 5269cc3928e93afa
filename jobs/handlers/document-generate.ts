/** Prints documents: a claim at a time through the presses, files first, then rows and messages in one commit. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { atomic } from '../../src/db/atomic.ts'
import { createRenderer, type Renderer } from '../../src/documents/render.ts'
import { env } from '../../src/env.ts'
import { Document } from '../../src/models/document.ts'
import {
  failDocument,
  finishDocuments,
  type PrintedDocument,
} from '../../src/operations/documents/settle-documents.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { defineHandler } from '../../src/queue/handlers.ts'
import { fileStore } from '../../src/storage/files.ts'
import type { DocumentDefinition } from '../../src/documents/define-document.ts'
import { documents } from '../../templates/documents/index.ts'

// The data of a document was checked by its own definition when it was composed; here all are printed alike.
const definitions: readonly DocumentDefinition<unknown>[] = documents

let presses: Renderer | undefined
const renderer = (): Renderer => (presses ??= createRenderer({ size: env().RENDERERS }))

export const documentGenerate = defineHandler('document.generate', {
  // The next claim is laid out while the rows of this one are being written.
  concurrency: 2,
  async runBatch(messages, work) {
    const due = await Document.findAll({
      where: { id: messages.map(({ payload }) => payload.documentId), state: 'generating' },
    })
    const results = await Promise.allSettled(due.map(printDocument))
    const printed = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as Error] : [],
    )

    const waiting = new Set(due.map(({ id }) => id))
    for (const { documentId } of printed) waiting.delete(documentId)
    const settled = messages.filter(({ payload }) => !waiting.has(payload.documentId))
    if (settled.length > 0) {
      await atomic(async () => {
        await finishDocuments(systemContext('document.generate'), { printed })
        await work.finish(settled)
      })
    }
    // What is left of the claim fails with the first reason and is tried alone.
    if (failures[0]) throw failures[0]
  },
  onDead: ({ payload }, failure) =>
    failDocument(systemContext('document.generate'), {
      documentId: payload.documentId,
      failureCode: failure.code,
    }),
})

/** Prints one document into the storage; the rows are the caller's. */
export async function printDocument(document: Document): Promise<PrintedDocument> {
  const definition = definitions.find(({ kind }) => kind === document.kind)
  if (!definition) throw new Error(`nothing prints a document of kind ${document.kind}`)
  const storageKey = keyOf(document.id)
  const target = fileStore().pathOf(storageKey)
  await mkdir(dirname(target), { recursive: true, mode: 0o750 })
  const file = await renderer().render(definition, document.data, { toFile: target })
  return {
    documentId: document.id,
    storageKey,
    originalName: definition.fileName(document.data),
    size: file.size,
    sha256: file.sha256,
    pageCount: file.pages,
    templateVersion: definition.version,
  }
}

// The same key at every try: a worker that died between file and row leaves a file its successor overwrites, no orphan.
function keyOf(documentId: number): string {
  const hex = createHash('sha256').update(`document ${documentId}`).digest('hex')
  const name = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
  return `${name.slice(0, 2)}/${name}`
}
