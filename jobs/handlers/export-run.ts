/** Makes a spreadsheet: rows from a cursor into a file beside its place, progress for whoever watches. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { atomic } from '../../src/db/atomic.ts'
import { notifyDesk } from '../../src/db/notify-desk.ts'
import { pool } from '../../src/db/pool.ts'
import { Organisation } from '../../src/models/organisation.ts'
import { User } from '../../src/models/user.ts'
import type { Export } from '../../src/models/export.ts'
import { endExport, finishExport, startExport } from '../../src/operations/exports/export-register.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { defineHandler } from '../../src/queue/handlers.ts'
import { registerReport, type RegisterParams } from '../../src/reports/register.ts'
import { renderXlsx } from '../../src/reports/render-xlsx.ts'
import { fileStore } from '../../src/storage/files.ts'

const cancelled = new Error('cancelled by its author')

export const exportRun = defineHandler('export.run', {
  concurrency: 1,
  async run({ payload: { exportId } }, work) {
    const context = systemContext('export.run')
    const made = await startExport(context, { exportId })
    if (!made) return
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, work.signal])
    const name = randomUUID()
    const storageKey = `${name.slice(0, 2)}/${name}`
    const path = fileStore().pathOf(storageKey)
    const author = await authorOf(made)
    const params = made.params as RegisterParams
    const reading = {
      language: made.language,
      timezone: author.timezone,
      now: made.startedAt ?? new Date(),
      madeBy: author.name,
    }
    const following = setInterval(() => void follow(made, stop, work.renew), 1000)
    let rowsDone = 0
    const follow = async (current: Export, controller: AbortController, renew: () => Promise<void>) => {
      try {
        await renew()
        if (await tellProgress(current, rowsDone)) controller.abort(cancelled)
      } catch (fault) {
        controller.abort(fault)
      }
    }
    try {
      const file = await renderXlsx(registerReport, params, reading, {
        path,
        signal,
        onProgress: (rows) => {
          rowsDone = rows
        },
      })
      await atomic(async () => {
        const finished = await finishExport(systemContext('export.run'), {
          exportId,
          officeId: made.officeId ?? (await anyOffice()),
          file: {
            storageKey,
            originalName: registerReport.fileName(params, reading),
            size: file.size,
            sha256: file.sha256,
          },
          rows: file.rows,
          controlMinor: Object.fromEntries(
            Object.entries(file.controlSums).map(([key, sum]) => [key, String(sum)]),
          ),
        })
        // Ended by somebody meanwhile: then nobody asks for its file.
        if (finished.state !== 'ready') await rm(path, { force: true })
        await work.finish()
      })
    } catch (fault) {
      await rm(path, { force: true })
      if (stop.signal.reason !== cancelled) throw fault
      await endExport(systemContext('export.run'), { exportId, event: 'cancel' })
    } finally {
      clearInterval(following)
    }
  },
  onDead: ({ payload }, failure) =>
    endExport(systemContext('export.run'), {
      exportId: payload.exportId,
      event: 'fail',
      failureCode: failure.code,
    }),
})

/** Outside any operation: progress is not an event of the trail. @returns whether the author has asked to stop */
async function tellProgress(made: Export, rowsDone: number): Promise<boolean> {
  const { rows } = await pool().query<{ cancel_requested: boolean }>(
    'update exports set rows_done = $2 where id = $1 returning cancel_requested',
    [made.id, rowsDone],
  )
  await notifyDesk({ topic: 'work', ...(made.createdBy !== null && { userId: made.createdBy }) })
  return rows[0]?.cancel_requested ?? true
}

async function authorOf(made: Export): Promise<{ name: string; timezone: string }> {
  const author = made.createdBy === null ? null : await User.findByPk(made.createdBy)
  if (author) return { name: `${author.surname} ${author.name}`, timezone: author.timezone }
  const office = made.officeId === null ? null : await Organisation.findByPk(made.officeId)
  return {
    name: made.language === 'ru' ? 'по расписанию' : 'on schedule',
    timezone: office?.timezone ?? 'Europe/Moscow',
  }
}

// The register of all offices is an administrator's; its file has to lie in one of them.
async function anyOffice(): Promise<number> {
  const office = await Organisation.findOne({ order: ['id'], rejectOnEmpty: true })
  return office.officeId
}
