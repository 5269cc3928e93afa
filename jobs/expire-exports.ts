/** Scheduled: spreadsheets nobody may fetch any more are removed. */
import { expireExport } from '../src/operations/exports/export-register.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { expiredExports } from '../src/queries/jobs/expired-exports.ts'
import { fileStore } from '../src/storage/files.ts'
import { defineJob } from './define-job.ts'

const exportsAtOnce = 200

export const expireExports = defineJob({
  name: 'expire-exports',
  description: { ru: 'Удаление реестров с истёкшим сроком', en: 'Removal of expired registers' },
  every: { cron: '15 * * * *', timezone: 'UTC' },
  timeoutMs: 10 * 60_000,
  async run({ now, signal }) {
    let expired = 0
    for (;;) {
      const ids = await expiredExports(now, exportsAtOnce)
      for (const exportId of ids) {
        signal.throwIfAborted()
        const file = await expireExport(systemContext('expire-exports', now), { exportId })
        if (file) await fileStore().remove(file.storageKey)
        expired += 1
      }
      if (ids.length < exportsAtOnce) return { expired }
    }
  },
})
