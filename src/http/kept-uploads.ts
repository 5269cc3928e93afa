/** Files that came with an action of the back office: found among the uploads, moved into the storage or forgotten. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import { env } from '../env.ts'
import type { Uploaded } from '../operations/store-upload.ts'
import { fileStore, type FileStore } from '../storage/files.ts'
import { uploadName } from './receive-files.ts'
import { maxFileMib, paperTypes } from './links/read-form.ts'

/** A file of a multipart request: on the disk of this machine until the answer is sent. */
export type UploadedFile = Readonly<{ path: string; name: string; type: string; size: number }>

/** A JSON body may claim any path, so only what lies among the uploads is opened. */
function pathOf(value: unknown, field: string): string {
  const { path } = (value ?? {}) as Partial<UploadedFile>
  const uploads = resolve(join(env().DATA_DIR, 'uploads')) + sep
  if (typeof path !== 'string' || !resolve(path).startsWith(uploads))
    throw new DomainError('invalid', undefined, { [field]: { code: 'bad-value' } })
  return path
}

/** The bytes of an uploaded file. @throws DomainError `invalid` for what is no upload */
export const bytesOf = async (value: unknown, field: string): Promise<Buffer> =>
  readFile(pathOf(value, field))

/**
 * Puts papers into the storage for the length of `work`, by the key each came under; when the work fails nothing of
 * them stays. @throws DomainError `invalid` with `files` for a file of another kind, too large or empty
 */
export async function withPapers<T>(
  files: Readonly<Record<string, unknown>>,
  work: (papers: ReadonlyMap<string, Uploaded>) => Promise<T>,
  store: FileStore = fileStore(),
): Promise<T> {
  const kept = new Map<string, Uploaded>()
  try {
    for (const [key, value] of Object.entries(files)) {
      const name = uploadName((value as UploadedFile).name)
      const stored = await store
        .put(createReadStream(pathOf(value, 'files')), { maxSize: maxFileMib * 1024 * 1024 })
        .catch((fault: unknown) => {
          throw fault instanceof DomainError ? refused(fault.code, name, fault.params) : fault
        })
      kept.set(key, { ...stored, name })
      if (!paperTypes.has(stored.mime)) throw refused('file-type-refused', name)
    }
    return await work(kept)
  } catch (fault) {
    for (const { key } of kept.values()) await store.remove(key)
    throw fault
  }
}

const refused = (code: string, name: string, params: DomainError['params'] = {}) =>
  new DomainError('invalid', undefined, { files: { code, params: { ...params, name } } })
