/** The life of an import into the register: a file is looked at, described, run, and its bytes are left behind. */
import { DomainError } from '../../domain/errors.ts'
import type { Country } from '../../domain/requisites/country.ts'
import { registerImportStates } from '../../domain/states/register-import.ts'
import { notifyDesk } from '../../db/notify-desk.ts'
import { Organisation } from '../../models/organisation.ts'
import { RegisterImport } from '../../models/register-import.ts'
import { StoredFile } from '../../models/stored-file.ts'
import { authorise } from '../../policies/define-policy.ts'
import { rows } from '../../queries/rows.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { requiredFields, type ColumnMapping } from '../../registers/files/register-columns.ts'
import type { TableShape } from '../../registers/files/table-file.ts'
import { operation } from '../operation.ts'
import { storeUpload, type Uploaded } from '../store-upload.ts'

/** What was seen of the file: see `lookIntoTable`. */
export type SeenTable = Readonly<{
  shape: TableShape
  headerRow: number
  mapping: ColumnMapping
  look: Readonly<Record<string, unknown>>
}>

/** An import and the key of a file nobody needs any more: the caller removes its bytes after the commit. */
export type Left = Readonly<{ made: RegisterImport; leftKey: string | null }>

export const addRegisterImport = operation(
  'register-import.upload',
  async (
    { actor, now },
    input: { country: Country; asOf: string; file: Uploaded; seen: SeenTable; rowsTotal: number | null },
  ) => {
    authorise(actor, 'upload', RegisterImport)
    const { country, asOf, file, seen, rowsTotal } = input
    if (asOf > now.toISOString().slice(0, 10))
      throw new DomainError('invalid', {}, { asOf: { code: 'register-as-of-future' } })
    const source = await keep(file, actor.id, now)
    return RegisterImport.create({
      country,
      asOf,
      fileName: file.name.slice(0, 200),
      fileSize: file.size,
      fileSha256: file.sha256,
      sourceFileId: source.id,
      language: actor.language,
      rowsTotal,
      ...described(seen),
    })
  },
)

/** Another separator, encoding, row of headers or column: the look is taken anew by the caller. */
export const describeRegisterImport = operation(
  'register-import.describe',
  async ({ actor }, { importId, seen }: { importId: number; seen: SeenTable }) => {
    const made = await lock(importId)
    authorise(actor, 'describe', made)
    return made.update(described(seen))
  },
)

/** @throws DomainError `register-columns-missing`; `register-import-running` while another one of the country goes on */
export const runRegisterImport = operation(
  'register-import.run',
  async ({ actor }, { importId }: { importId: number }) => {
    const made = await lock(importId)
    authorise(actor, 'run', made)
    if (requiredFields.some((field) => made.mapping[field] === undefined))
      throw new DomainError('register-columns-missing')
    await queue(made, 'run')
    return made
  },
)

/** A failed import goes on after the last row it settled. */
export const retryRegisterImport = operation(
  'register-import.retry',
  async ({ actor }, { importId }: { importId: number }) => {
    const made = await lock(importId)
    authorise(actor, 'retry', made)
    await queue(made, 'retry')
    return made
  },
)

/** A running import stops at its next rows; what it has settled stays in the register. */
export const cancelRegisterImport = operation(
  'register-import.cancel',
  async ({ actor, now }, { importId }: { importId: number }): Promise<Left> => {
    const made = await lock(importId)
    authorise(actor, 'cancel', made)
    if (made.state !== 'running') return end(made, 'cancel', now)
    await made.update({ cancelRequested: true })
    return { made, leftKey: null }
  },
)

/** Null when there is nothing to do: cancelled meanwhile, or over already. */
export const startRegisterImport = operation(
  'register-import.start',
  async ({ actor, now }, { importId }: { importId: number }) => {
    const made = await lock(importId)
    authorise(actor, 'store', made)
    if (made.state === 'running') made.state = registerImportStates.next(made.state, 'requeue')
    if (!registerImportStates.can(made.state, 'start')) return null
    await made.update({
      state: registerImportStates.next(made.state, 'start'),
      startedAt: made.startedAt ?? now,
    })
    await tell(made)
    return made
  },
)

/** The end of a running import, with the file of the rows that were not taken, if there are any. */
export const endRegisterImport = operation(
  'register-import.end',
  async (
    { actor, now },
    input: {
      importId: number
      event: 'finish' | 'cancel' | 'fail'
      faultsFile?: Uploaded
      failure?: { code: string; params?: Readonly<Record<string, string | number>> }
    },
  ): Promise<Left> => {
    const made = await lock(input.importId)
    authorise(actor, 'store', made)
    if (!registerImportStates.can(made.state, input.event)) return { made, leftKey: null }
    if (input.faultsFile) made.fileId = (await keep(input.faultsFile, made.createdBy, now)).id
    made.failureCode = input.failure?.code ?? null
    made.failureParams = input.failure?.params ?? {}
    return end(made, input.event, now)
  },
)

/** Drafts nobody ran and failures nobody repeated, not touched since `before`: cancelled, at most `limit` at once. */
export const dropStaleImports = operation(
  'register-import.drop-stale',
  async ({ actor, now }, { before, limit }: { before: Date; limit: number }): Promise<Left[]> => {
    const stale = await rows<{ id: number }>(
      `select id from register_imports where state in ('draft', 'failed') and updated_at < $before
       order by id limit $limit for update skip locked`,
      { before, limit },
    )
    const left: Left[] = []
    for (const { id } of stale) {
      const made = await lock(id)
      authorise(actor, 'store', made)
      left.push(await end(made, 'cancel', now))
    }
    return left
  },
)

const described = ({ shape, headerRow, mapping, look }: SeenTable) => ({ shape, headerRow, mapping, look })

async function lock(id: number): Promise<RegisterImport> {
  const made = await RegisterImport.findByPk(id, { lock: true })
  if (!made) throw new DomainError('not-found')
  return made
}

async function queue(made: RegisterImport, event: 'run' | 'retry'): Promise<void> {
  // Whoever comes second waits here and then sees the first; the index alone would answer with less.
  await rows(`select pg_advisory_xact_lock(hashtext('register-import'), hashtext($country))`, {
    country: made.country,
  })
  const other = await RegisterImport.findOne({
    where: { country: made.country, state: ['queued', 'running'] },
  })
  if (other) throw new DomainError('register-import-running', { name: other.fileName })
  await made.update({
    state: registerImportStates.next(made.state, event),
    failureCode: null,
    failureParams: {},
    cancelRequested: false,
  })
  await enqueue('register.import', {
    key: `register-import-${made.id}-version-${made.version}`,
    importId: made.id,
  })
  await tell(made)
}

async function end(made: RegisterImport, event: 'finish' | 'cancel' | 'fail', now: Date): Promise<Left> {
  const state = registerImportStates.next(made.state, event)
  const mayGoOn = registerImportStates.can(state, 'retry')
  const source = mayGoOn || made.sourceFileId === null ? null : await StoredFile.findByPk(made.sourceFileId)
  made.set({ state, finishedAt: now, ...(source && { sourceFileId: null, look: {} }) })
  await made.save()
  await source?.destroy()
  if (!mayGoOn) await rows('delete from register_import_faults where import_id = $id', { id: made.id })
  await tell(made)
  return { made, leftKey: source?.storageKey ?? null }
}

// A register is of the whole installation; its files have to lie in one of the offices.
async function keep(file: Uploaded, createdBy: number | null, now: Date): Promise<StoredFile> {
  const office = await Organisation.findOne({ order: ['id'], rejectOnEmpty: true })
  return storeUpload(file, { officeId: office.officeId, createdBy, createdAt: now })
}

const tell = (made: RegisterImport) =>
  notifyDesk({ topic: 'work', ...(made.createdBy !== null && { userId: made.createdBy }) })
