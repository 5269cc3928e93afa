/** Takes files for the folder of an organisation: streamed to the storage, then entered together or not at all. */
import busboy from 'busboy'
import { Router, type Request } from 'express'
import { atomic } from '../db/atomic.ts'
import { DomainError } from '../domain/errors.ts'
import { Organisation } from '../models/organisation.ts'
import { uploadFolderFile, type Uploaded } from '../operations/folder-files/upload-folder-file.ts'
import { can } from '../policies/define-policy.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { actorOf } from './desk/actor-of.ts'

const largest = 25 * 1024 * 1024
const filesAtOnce = 20

/** POST /organisations/:id/files, multipart; answers 201 with the ids and titles of the new files. */
export function folderUploads(store: () => FileStore = fileStore): Router {
  const router = Router()
  router.post('/organisations/:id/files', async (request, response) => {
    const actor = actorOf(response)
    const organisationId = Number(request.params.id)
    const organisation = Number.isSafeInteger(organisationId)
      ? await Organisation.findByPk(organisationId)
      : null
    // Refused before a byte is read, so that nobody fills the disk with what will not be kept.
    if (!organisation || !can(actor, 'show', organisation)) throw new DomainError('not-found')
    if (!can(actor, 'upload', organisation)) throw new DomainError('forbidden')
    const files = store()
    const uploads = await receive(request, files)
    try {
      const context = { actor, now: new Date() }
      const added = await atomic(async () => {
        const made = []
        for (const file of uploads) made.push(await uploadFolderFile(context, { organisationId, file }))
        return made
      })
      response.status(201).json({ files: added.map(({ id, title }) => ({ id, title })) })
    } catch (fault) {
      await removeAll(files, uploads)
      throw fault
    }
  })
  return router
}

const removeAll = (files: FileStore, uploads: readonly Uploaded[]): Promise<unknown> =>
  Promise.all(uploads.map(({ key }) => files.remove(key)))

/** What the sender called the file, without folders and without characters that no name has. */
export function uploadName(claimed: string): string {
  const last = claimed.split(/[\\/]/).at(-1) ?? ''
  // eslint-disable-next-line no-control-regex
  const name = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e]/g, '').trim()
  return name === '' ? 'file' : name.slice(-200)
}

/** @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `bad-request`; nothing is left behind */
async function receive(request: Request, store: FileStore): Promise<Uploaded[]> {
  const parser = readParts(request)
  const writing: Promise<Uploaded>[] = []
  const refusal = await new Promise<unknown>((resolve) => {
    parser.on('file', (_field, stream, { filename }) => {
      const written = store
        .put(stream, { maxSize: largest })
        .then((file) => ({ ...file, name: uploadName(filename ?? '') }))
      written.catch(resolve)
      writing.push(written)
    })
    parser.on('error', () => resolve(new DomainError('bad-request')))
    parser.on('close', () => resolve(writing.length === 0 ? new DomainError('file-empty') : null))
    request.on('aborted', () => resolve(new DomainError('bad-request')))
    request.pipe(parser)
  })
  if (refusal !== null) {
    // The rest is read and forgotten: a browser hears the answer only when it has been heard out.
    request.unpipe(parser)
    parser.destroy()
    request.resume()
  }
  const settled = await Promise.allSettled(writing)
  const uploads = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const fault: unknown = refusal ?? settled.find((one) => one.status === 'rejected')?.reason ?? null
  if (fault === null) return uploads
  await removeAll(store, uploads)
  throw fault
}

function readParts(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // One byte more than we take: the storage must see that there is more.
      limits: { fileSize: largest + 1, files: filesAtOnce, fields: 10, fieldSize: 10_000 },
    })
  } catch {
    throw new DomainError('file-empty')
  }
}
