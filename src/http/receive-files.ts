/** Takes the files of a multipart request straight into the storage: all of them, or nothing is left behind. */
import busboy from 'busboy'
import type { Request } from 'express'
import { DomainError } from '../domain/errors.ts'
import type { FileStore, StoredFile } from '../storage/files.ts'

/** A file in the storage, under the name its sender gave it. */
export type ReceivedFile = StoredFile & Readonly<{ name: string }>

export type Received = Readonly<{
  files: readonly ReceivedFile[]
  /** Text that came before the files. */
  fields: Readonly<Record<string, string>>
}>

export type ReceiveLimits = Readonly<{ files: number; bytes: number }>

export const removeAll = (store: FileStore, files: readonly ReceivedFile[]): Promise<unknown> =>
  Promise.all(files.map(({ key }) => store.remove(key)))

/** What the sender called the file, without folders and without characters that no name has. */
export function uploadName(claimed: string): string {
  const last = claimed.split(/[\\/]/).at(-1) ?? ''
  // eslint-disable-next-line no-control-regex
  const name = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e]/g, '').trim()
  return name === '' ? 'file' : name.slice(-200)
}

/** @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `bad-request`; nothing is left behind */
export async function receiveFiles(
  request: Request,
  store: FileStore,
  limits: ReceiveLimits,
): Promise<Received> {
  const parser = readParts(request, limits)
  const writing: Promise<ReceivedFile>[] = []
  const fields: Record<string, string> = {}
  const refusal = await new Promise<unknown>((resolve) => {
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (_field, stream, { filename }) => {
      const written = store
        .put(stream, { maxSize: limits.bytes })
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
    await heardOut(request)
  }
  const settled = await Promise.allSettled(writing)
  const files = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const fault: unknown = refusal ?? settled.find((one) => one.status === 'rejected')?.reason ?? null
  if (fault === null) return { files, fields }
  await removeAll(store, files)
  throw fault
}

/** Resolves when everything was sent or the sender went away; the server's time limit ends a sender who never stops. */
const heardOut = (request: Request): Promise<void> =>
  new Promise((resolve) => {
    if (request.closed) resolve()
    else request.once('close', () => resolve()).resume()
  })

function readParts(request: Request, limits: ReceiveLimits): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // One byte more than we take: the storage must see that there is more.
      limits: { fileSize: limits.bytes + 1, files: limits.files, fields: 10, fieldSize: 10_000 },
    })
  } catch {
    throw new DomainError('file-empty')
  }
}
