/** Scheduled: every night files without a row are counted, and rows without a file raise the alarm. */
import { pool } from '../src/db/pool.ts'
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
    const unfinished = await store.sweep(settled)
    const present = new Set<string>()
    let orphans = 0
    let page: string[] = []
    const countOrphans = async () => {
      const { rows } = await pool().query<{ known: number }>(
        'select count(*) as known from stored_files where storage_key = any ($1)',
        [page],
      )
      orphans += page.length - (rows[0]?.known ?? 0)
      page = []
    }
    for await (const file of store.list()) {
      signal.throwIfAborted()
      present.add(file.key)
      if (file.modifiedAt < settled) page.push(file.key)
      if (page.length === filesAtOnce) await countOrphans()
    }
    await countOrphans()
    const lost = await rowsWithoutFile(present, signal)
    if (lost.length > 0)
      throw new Error(`files are missing: ${lost.slice(0, 5).join(', ')} (${lost.length} in all)`)
    return { files: present.size, orphans, unfinished }
  },
})

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
