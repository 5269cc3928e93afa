/** Scheduled: files of the register that nobody has run, and failures nobody has repeated, are let go after a week. */
import { dropStaleImports as drop } from '../src/operations/registers/import-register.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { fileStore } from '../src/storage/files.ts'
import { defineJob } from './define-job.ts'

const weekMs = 7 * 24 * 3_600_000
const atOnce = 50

export const dropStaleImports = defineJob({
  name: 'drop-stale-imports',
  description: {
    ru: 'Удаление забытых файлов реестра организаций',
    en: 'Removal of forgotten files of the register of organisations',
  },
  every: { cron: '45 3 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 10 * 60_000,
  async run({ now }) {
    const before = new Date(now.getTime() - weekMs)
    const left = await drop(systemContext('drop-stale-imports', now), { before, limit: atOnce })
    // A file that outlives a crash here is found by the nightly check.
    for (const { leftKey } of left) if (leftKey !== null) await fileStore().remove(leftKey)
    return { dropped: left.length }
  },
})
