/** Reads a form with files as it arrives: files go straight to the store, which looks at their bytes, never into memory. */
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import { DomainError, isDomainError, type FieldFault } from '../../domain/errors.ts'
import type { FileStore, StoredFile } from '../../storage/files.ts'

const MIB = 1024 * 1024
export const maxFileMib = 20
const maxWorkbook = 5 * MIB

export type ReceivedFile = StoredFile & { name: string }

export type ReadForm = {
  fields: Map<string, string>
  /** Stored already; whoever does not keep them removes them. */
  files: ReceivedFile[]
  workbook: Buffer | null
  /** The first thing wrong with the files, with the name of the file at fault. */
  fault: FieldFault | null
}

/** What a счёт-фактура may come as. */
export const paperTypes = new Set(['application/pdf', 'application/xml'])

/** @throws DomainError `links.form-damaged` when it is no form, or was cut off; nothing stored is left behind then. */
export async function readForm(request: Request, store: FileStore): Promise<ReadForm> {
  const form: ReadForm = { fields: new Map(), files: [], workbook: null, fault: null }
  const work: Promise<void>[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { fields: 5000, fieldSize: 10_000, files: 30, fileSize: maxFileMib * MIB + 1 },
      })
      parser.on('field', (name, value) => void form.fields.set(name, value))
      parser.on('file', (name, stream, { filename }) => {
        // An input nobody filled in is sent as a file without a name.
        if (!filename) return void stream.resume()
        const read =
          name === 'workbook' ? keepWorkbook(stream, form) : keepFile(stream, filename, form, store)
        work.push(read)
        // Awaited below; until then a failure must not count as unhandled.
        read.catch(() => stream.resume())
      })
      parser.on('filesLimit', () => (form.fault ??= { code: 'links.files-too-many', params: { limit: 30 } }))
      parser.on('error', reject)
      parser.on('close', resolve)
      request.on('aborted', () => reject(new Error('the reader went away')))
      request.pipe(parser)
    })
    await Promise.all(work)
    return form
  } catch (error) {
    await Promise.allSettled(work)
    await discard(form, store)
    throw isDomainError(error)
      ? error
      : Object.assign(new DomainError('links.form-damaged'), { cause: error })
  }
}

/** Removes what was stored for a form that came to nothing. */
export async function discard(form: ReadForm, store: FileStore): Promise<void> {
  for (const { key } of form.files.splice(0)) await store.remove(key)
}

async function keepFile(stream: Readable, filename: string, form: ReadForm, store: FileStore): Promise<void> {
  const name = basename(filename.replaceAll('\\', '/')).slice(-200)
  try {
    const stored = await store.put(stream, { maxSize: maxFileMib * MIB })
    form.files.push({ ...stored, name })
    if (!paperTypes.has(stored.mime)) form.fault ??= { code: 'file-type-refused', params: { name } }
  } catch (error) {
    if (!isDomainError(error)) throw error
    stream.resume()
    form.fault ??= { code: error.code, params: { ...error.params, name } }
  }
}

async function keepWorkbook(stream: Readable, form: ReadForm): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxWorkbook) chunks.push(chunk)
  }
  if (size > maxWorkbook) form.fault ??= { code: 'xlsx-too-big', params: { megabytes: 5 } }
  else form.workbook = Buffer.concat(chunks)
}
