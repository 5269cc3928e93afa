/** Files of records: who may see the record may fetch its file, and nobody learns that another one exists. */
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Router, type Response } from 'express'
import type { Model, ModelStatic } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import { Document } from '../models/document.ts'
import { Export } from '../models/export.ts'
import { FolderFile } from '../models/folder-file.ts'
import { Identity } from '../models/identity.ts'
import { Registration } from '../models/registration.ts'
import { RegisterImport } from '../models/register-import.ts'
import { Invoice } from '../models/invoice.ts'
import { MessageDraft } from '../models/message-draft.ts'
import { MessageFile } from '../models/message-file.ts'
import { Message } from '../models/message.ts'
import { StoredFile } from '../models/stored-file.ts'
import { Thread } from '../models/thread.ts'
import { seePaper } from '../operations/mails/see-paper.ts'
import { sideOf, type Actor } from '../policies/actor.ts'
import { can } from '../policies/define-policy.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { actorOf } from './desk/actor-of.ts'

type Owner = Readonly<{
  model: ModelStatic<Model>
  verb: string
  /** What names the file where it is not simply the file of the record. */
  column?: string
  /** The record that decides, where the file's own says nothing about its readers. */
  answersFor?: (record: Model) => Promise<Model | null>
}>

const owners: Readonly<Record<string, Owner>> = {
  document: { model: Document, verb: 'download' },
  folder: { model: FolderFile, verb: 'download' },
  export: { model: Export, verb: 'download' },
  'identity-check': { model: Identity, verb: 'download', column: 'evidenceFileId' },
  'identity-confirmation': { model: Identity, verb: 'download', column: 'confirmationFileId' },
  'registration-signature': { model: Registration, verb: 'download', column: 'signatureFileId' },
  'register-import': { model: RegisterImport, verb: 'download' },
  // Whoever may print an invoice may have its paper.
  invoice: { model: Invoice, verb: 'print' },
  // A sent file is its thread's; until then it is its writer's.
  message: { model: MessageFile, verb: 'show', answersFor: threadOrDraft },
}

async function threadOrDraft(file: Model): Promise<Model | null> {
  const { messageId, draftId } = file as MessageFile
  if (messageId === null) return draftId === null ? null : MessageDraft.findByPk(draftId)
  const message = await Message.findByPk(messageId)
  return message && Thread.findByPk(message.threadId)
}

/** What a browser may show by itself; anything else is only ever saved. */
const shown: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'text/plain': 'text/plain; charset=utf-8',
}

// The browser's own PDF viewer is a plugin, and no plugin runs in a sandbox; a PDF has no other way to run code here.
const pdfPolicy =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'self'"
const sandboxed =
  "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** GET /:kind/:id[?preview=1], mounted behind the guard at `/admin/files`. */
export function filesRouter(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.get('/:kind/:id', async (request, response) => {
    const { kind, id } = request.params
    const actor = actorOf(response)
    const { record, file } = await findFile(actor, kind, Number(id))
    const { stream, size } = await store().open(file.storageKey)
    if (request.method === 'GET') await keepSeen(actor, record)
    describe(response, file, size, request.query['preview'] === '1')
    if (request.method === 'HEAD') {
      stream.destroy()
      response.end()
      return
    }
    await pipeline(stream, response).catch((fault: NodeJS.ErrnoException) => {
      // The reader left: nothing to tell anybody.
      if (fault.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
    })
  })
  return router
}

type Shown = StoredFile & { shownName: string }

async function findFile(actor: Actor, kind: string, id: number): Promise<{ record: Model; file: Shown }> {
  const owner = owners[kind]
  const record = owner && Number.isSafeInteger(id) && id > 0 ? await owner.model.findByPk(id) : null
  const judged = record && owner?.answersFor ? await owner.answersFor(record) : record
  if (!owner || !record || !judged || !can(actor, owner.verb, judged)) throw new DomainError('not-found')
  const paper = record instanceof Invoice ? await paperOf(record) : record
  const fileId = (paper?.get(owner.column ?? 'fileId') ?? null) as string | null
  const file = fileId === null ? null : await StoredFile.findByPk(fileId)
  if (!file) throw new DomainError('file-missing')
  return { record, file: Object.assign(file, { shownName: nameOf(record, file) }) }
}

const paperOf = ({ id }: Invoice): Promise<Document | null> =>
  Document.findOne({ where: { invoiceId: id, kind: 'invoice' } })

/** The office sees that a client has opened a paper; what the staff open themselves says nothing. */
async function keepSeen(actor: Actor, record: Model): Promise<void> {
  if (sideOf(actor) !== 'client' || !(record instanceof Document) || record.seenAt !== null) return
  await seePaper({ actor, now: new Date() }, { documentId: record.id })
}

/** A title somebody edited keeps the ending of the file, by which a computer knows what to open it with. */
function nameOf(record: Model, { originalName }: StoredFile): string {
  const title = record instanceof FolderFile ? record.title : originalName
  const ending = extname(originalName)
  return title.toLowerCase().endsWith(ending.toLowerCase()) ? title : title + ending
}

function describe(response: Response, file: Shown, size: number, isPreview: boolean): void {
  const type = isPreview ? shown[file.mime] : undefined
  const disposition = type === undefined ? 'attachment' : 'inline'
  response.set({
    'Content-Type': type ?? (file.mime in shown ? file.mime : 'application/octet-stream'),
    'Content-Length': String(size),
    'Content-Disposition': `${disposition}; filename="${asciiOf(file.shownName)}"; filename*=UTF-8''${encodeName(file.shownName)}`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
    'Content-Security-Policy': type === 'application/pdf' ? pdfPolicy : sandboxed,
  })
}

/** RFC 5987: everything but attr-char is written as %XX. */
const encodeName = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** For programs that know only the old parameter. */
const asciiOf = (name: string): string => `file${/^\.[A-Za-z0-9]{1,8}$/.exec(extname(name))?.[0] ?? ''}`
