/** Scheduled: every night leftovers are removed, files without a row counted, and rows without a file raise the alarm. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pool } from '../src/db/pool.ts'
import { env } from '../src/env.ts'
import { fileStore } from '../src/storage/files.ts'
import { defineJob } from './define-job.ts'

const filesAtOnce = 1000
// A file younger than this may belong to an operation that is still under way.
const settledAfterMs = 24 * 3_600_000

export const checkFiles = defineJob({
  name: 'check-files',
  description: { ru: 'Сверка хранилища файлов', en: 'Check of the file storage' },
  every: { cron: '0 3 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 2 * 3_600_000,
  async run({ now, signal }) {
    const store = fileStore()
    const settled = new Date(now.getTime() - settledAfterMs)
    const unfinished = (await store.sweep(settled)) + (await removeParts(settled, signal))
    const present = new Set<string>()
    let orphans = 0
    let expired = 0
    let page: string[] = []
    const look = async () => {
      const { rows } = await pool().query<{ storage_key: string; is_expired: boolean }>(
        `select storage_key, exists (select from exports e where e.file_id = f.id and e.state = 'expired') as is_expired
         from stored_files f where storage_key = any ($1)`,
        [page],
      )
      orphans += page.length - rows.length
      // Their worker died between the row and the file.
      for (const row of rows.filter(({ is_expired }) => is_expired)) {
        await store.remove(row.storage_key)
        expired += 1
      }
      page = []
    }
    for await (const file of store.list()) {
      signal.throwIfAborted()
      present.add(file.key)
      if (file.modifiedAt < settled) page.push(file.key)
      if (page.length === filesAtOnce) await look()
    }
    await look()
    const lost = await rowsWithoutFile(present, signal)
    if (lost.length > 0)
      throw new Error(`files are missing: ${lost.slice(0, 5).join(', ')} (${lost.length} in all)`)
    return { files: present.size, orphans, expired, unfinished }
  },
})

/** Documents and registers are written beside their place as `….part`; a process that was killed leaves that behind. */
async function removeParts(before: Date, signal: AbortSignal): Promise<number> {
  const folder = env().STORAGE_DIR
  let removed = 0
  for (const shard of await readdir(folder, { withFileTypes: true })) {
    if (!shard.isDirectory()) continue
    signal.throwIfAborted()
    for (const name of await readdir(join(folder, shard.name))) {
      if (!name.endsWith('.part')) continue
      const path = join(folder, shard.name, name)
      // Finished and renamed since the folder was read: then there is nothing to remove.
      const facts = await stat(path).catch(() => null)
      if (!facts || facts.mtime >= before) continue
      await rm(path, { force: true })
      removed += 1
    }
  }
  return removed
}

async function rowsWithoutFile(present: ReadonlySet<string>, signal: AbortSignal): Promise<string[]> {
  const lost: string[] = []
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    signal.throwIfAborted()
    const { rows } = await pool().query<{ id: string; storage_key: string }>(
      `select f.id, f.storage_key from stored_files f
       where f.id > $1 and f.created_at < now() - interval '1 hour'
         and not exists (select from exports e where e.file_id = f.id and e.state = 'expired')
       order by f.id limit $2`,
      [last, filesAtOnce],
    )
    lost.push(...rows.filter((row) => !present.has(row.storage_key)).map((row) => row.id))
    last = rows.at(-1)?.id ?? last
    if (rows.length < filesAtOnce) return lost
  }
}
