/** Files of records: who may see the record may fetch its file, and nobody learns that another one exists. */
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Router, type Response } from 'express'
import type { Model, ModelStatic } from 'sequelize'
import { DomainError } from '../domain/errors.ts'
import { Document } from '../models/document.ts'
import { Export } from '../models/export.ts'
import { FolderFile } from '../models/folder-file.ts'
import { RegisterImport } from '../models/register-import.ts'
import { StoredFile } from '../models/stored-file.ts'
import type { Actor } from '../policies/actor.ts'
import { can } from '../policies/define-policy.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { actorOf } from './desk/actor-of.ts'

const owners: Readonly<Record<string, ModelStatic<Model>>> = {
  document: Document,
  folder: FolderFile,
  export: Export,
  'register-import': RegisterImport,
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
    const file = await findFile(actorOf(response), kind, Number(id))
    const { stream, size } = await store().open(file.storageKey)
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

async function findFile(actor: Actor, kind: string, id: number): Promise<StoredFile & { shownName: string }> {
  const model = owners[kind]
  const record = model && Number.isSafeInteger(id) && id > 0 ? await model.findByPk(id) : null
  if (!record || !can(actor, 'download', record)) throw new DomainError('not-found')
  const fileId = record.get('fileId') as string | null
  const file = fileId === null ? null : await StoredFile.findByPk(fileId)
  if (!file) throw new DomainError('file-missing')
  return Object.assign(file, { shownName: nameOf(record, file) })
}

/** A title somebody edited keeps the ending of the file, by which a computer knows what to open it with. */
function nameOf(record: Model, { originalName }: StoredFile): string {
  const title = record instanceof FolderFile ? record.title : originalName
  const ending = extname(originalName)
  return title.toLowerCase().endsWith(ending.toLowerCase()) ? title : title + ending
}

function describe(
  response: Response,
  file: StoredFile & { shownName: string },
  size: number,
  isPreview: boolean,
): void {
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
