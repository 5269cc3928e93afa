/** Gives a test file a storage folder of its own, gone at its end; imported before anything that reads the environment. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where this file's workers and operations keep files; also told to child processes. */
export const storage = realpathSync(mkdtempSync(join(tmpdir(), 'certdesk-storage-')))
process.env['STORAGE_DIR'] = storage
process.on('exit', () => rmSync(storage, { recursive: true, force: true }))

/** Every file of the storage by its key, unfinished ones too. */
export async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(storage, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(storage.length + 1))
    .sort()
}
