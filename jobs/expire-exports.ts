/** Scheduled: spreadsheets nobody may fetch any more are removed. */
import { expireExports as expire } from '../src/operations/exports/export-register.ts'
import { systemContext } from '../src/operations/system-context.ts'
import { fileStore } from '../src/storage/files.ts'
import { defineJob } from './define-job.ts'

const exportsAtOnce = 2000

export const expireExports = defineJob({
  name: 'expire-exports',
  description: { ru: 'Удаление реестров с истёкшим сроком', en: 'Removal of expired registers' },
  every: { cron: '15 * * * *', timezone: 'UTC' },
  timeoutMs: 10 * 60_000,
  async run({ now, signal }) {
    const context = systemContext('expire-exports', now)
    let expired = 0
    const drain = async () => {
      for (let count = exportsAtOnce; count === exportsAtOnce; expired += count) {
        signal.throwIfAborted()
        const keys = await expire(context, { limit: exportsAtOnce })
        // A file that outlives a crash here is found by the nightly check.
        await Promise.all(keys.filter((key) => key !== null).map((key) => fileStore().remove(key)))
        count = keys.length
      }
    }
    // One removes files while the other is at the rows; each passes over what the other has locked.
    await Promise.all([drain(), drain()])
    return { expired }
  },
})
