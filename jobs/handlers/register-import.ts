/** Reads a file of a public register into ours: batch by batch, each one commit with how far the file is read. */
import { translate } from '../../admin/locale/index.ts'
import { atomic } from '../../src/db/atomic.ts'
import { notifyDesk } from '../../src/db/notify-desk.ts'
import { pool } from '../../src/db/pool.ts'
import { DomainError } from '../../src/domain/errors.ts'
import type { RegisterImport } from '../../src/models/register-import.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import { endRegisterImport, startRegisterImport } from '../../src/operations/registers/import-register.ts'
import type { Uploaded } from '../../src/operations/store-upload.ts'
import {
  faultsKept,
  storeRegisterRows,
  type BadRow,
} from '../../src/operations/registers/store-register-rows.ts'
import { systemContext } from '../../src/operations/system-context.ts'
import { importFaults } from '../../src/queries/registers/import-faults.ts'
import { defineHandler } from '../../src/queue/handlers.ts'
import type { RegisteredOrganisation } from '../../src/registers/define-register.ts'
import { faultsFile } from '../../src/registers/files/faults-file.ts'
import { readRegisterRow } from '../../src/registers/files/read-register-row.ts'
import { readTable } from '../../src/registers/files/table-file.ts'
import { SeenKeys } from '../../src/registers/seen-keys.ts'
import { fileStore } from '../../src/storage/files.ts'

const cancelled = new Error('cancelled by a person')
const rowsAtOnce = 5000
const context = () => systemContext('register.import')

export const registerImport = defineHandler('register.import', {
  concurrency: 1,
  async run({ payload: { importId } }, work) {
    const made = await startRegisterImport(context(), { importId })
    if (!made) return
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, work.signal])
    const look = async () => {
      try {
        await work.renew()
        if (await tellProgress(made)) stop.abort(cancelled)
      } catch (fault) {
        stop.abort(fault)
      }
    }
    const looking = setInterval(() => void look(), 1000)
    try {
      await readAll(made, signal)
      await over(made, work.finish, { event: 'finish' })
    } catch (fault) {
      if (stop.signal.reason === cancelled) return await over(made, work.finish, { event: 'cancel' })
      // A file that cannot be read now cannot be read later.
      if (!(fault instanceof DomainError)) throw fault
      const failure = { code: fault.code, params: fault.params ?? {} }
      await over(made, work.finish, { event: 'fail', failure })
    } finally {
      clearInterval(looking)
    }
  },
  onDead: ({ payload: { importId } }, { code }) =>
    endRegisterImport(context(), { importId, event: 'fail', failure: { code } }),
})

/** Every row from the first: those settled already are only remembered, so that a repeated one is known as such. */
async function readAll(made: RegisterImport, signal: AbortSignal): Promise<void> {
  const source = await StoredFile.findByPk(made.sourceFileId ?? '')
  if (!source) throw new DomainError('file-missing')
  const path = fileStore().pathOf(source.storageKey)
  const seen = new SeenKeys()
  let from = made.rowsRead
  let last = from
  let good: RegisteredOrganisation[] = []
  let bad: BadRow[] = []
  let storing: Promise<void> = Promise.resolve()
  const store = async () => {
    // One batch is written while the next is read; no more, or a slow database would fill the memory.
    await storing
    const batch = { importId: made.id, from, upTo: last, good, bad }
    storing = storeRegisterRows(context(), batch)
    storing.catch(() => undefined)
    from = last
    good = []
    bad = []
  }
  try {
    for await (const chunk of readTable(path, made.shape)) {
      signal.throwIfAborted()
      for (const { number, cells } of chunk) {
        if (number <= made.headerRow) continue
        const row = readRegisterRow(cells, made.mapping, made.country)
        if (!row) continue
        const organisation = row.organisation
        const isRepeated =
          organisation !== null && !seen.add(`${organisation.taxId} ${organisation.kpp ?? ''}`)
        if (number <= made.rowsRead) continue
        if (organisation && !isRepeated) good.push(organisation)
        else {
          const fault = row.fault ?? { field: 'taxId', code: 'register-row-repeated', params: {} }
          bad.push({ number, ...fault, cells: [...cells] })
        }
      }
      last = Math.max(last, chunk.at(-1)?.number ?? 0)
      if (good.length + bad.length >= rowsAtOnce) await store()
    }
    await storing
    if (last > from) {
      await store()
      await storing
    }
  } finally {
    // What comes next ends the import: no batch may be under way then.
    await storing.catch(() => undefined)
  }
}

type Ending = Pick<Parameters<typeof endRegisterImport>[1], 'event' | 'failure'>

/** File of faults first, then its row and the end of import and message in one commit, then the bytes of the source. */
async function over(made: RegisterImport, finish: () => Promise<void>, ending: Ending): Promise<void> {
  const store = fileStore()
  const faults = ending.event === 'fail' ? null : await keepFaults(made)
  try {
    const { leftKey } = await atomic(async () => {
      const left = await endRegisterImport(context(), {
        importId: made.id,
        ...ending,
        ...(faults && { faultsFile: faults }),
      })
      await finish()
      return left
    })
    if (leftKey !== null) await store.remove(leftKey)
  } catch (fault) {
    if (faults) await store.remove(faults.key)
    throw fault
  }
}

async function keepFaults(made: RegisterImport): Promise<Uploaded | null> {
  const { language } = made
  const pages = importFaults(made.id)
  const first = await pages.next()
  if (first.done) return null
  const columns = (made.look['columns'] as string[] | undefined) ?? []
  const header = [
    translate(language, 'register.faults.row'),
    translate(language, 'register.faults.reason'),
    ...columns,
  ]
  const lines = async function* () {
    const toLines = (page: typeof first.value) =>
      page.map(({ number, code, params, cells }) => [
        String(number),
        translate(language, `errors.${code}`, params),
        ...cells,
      ])
    yield toLines(first.value)
    let count = first.value.length
    for await (const page of pages) {
      yield toLines(page)
      count += page.length
    }
    if (count >= faultsKept) yield [['', translate(language, 'register.faults.more', { limit: faultsKept })]]
  }
  const name = translate(language, 'register.faults.file', { name: made.fileName.replace(/\.\w+$/, '') })
  const file = await fileStore().put(faultsFile(header, lines()), {
    mime: 'text/csv',
    maxSize: 1024 * 1024 * 1024,
  })
  return { ...file, name: `${name}.csv` }
}

/** Outside any operation: progress is not an event of the trail. @returns whether somebody has asked to stop */
async function tellProgress(made: RegisterImport): Promise<boolean> {
  const { rows } = await pool().query<{ cancel_requested: boolean }>(
    'select cancel_requested from register_imports where id = $1',
    [made.id],
  )
  await notifyDesk({ topic: 'work', ...(made.createdBy !== null && { userId: made.createdBy }) })
  return rows[0]?.cancel_requested ?? true
}
