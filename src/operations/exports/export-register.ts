/** The life of an export: asked for, made in the background, cancelled, failed, fetched, expired. */
import { QueryTypes } from 'sequelize'
import { notifyDesk } from '../../db/notify-desk.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { exportStates } from '../../domain/states/export.ts'
import { Export } from '../../models/export.ts'
import { StoredFile } from '../../models/stored-file.ts'
import { authorise } from '../../policies/define-policy.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { recordEvents } from '../audit.ts'
import { postMail } from '../mails/post-mail.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'

/** How long the file of an export can be fetched. */
export const exportLifeDays = 7

const dayMs = 24 * 3_600_000

export type RegisterOrder = Readonly<{
  /** From `selectionOf`: SQL composed by us under the scope of the actor. */
  condition: string
  order?: string
  period?: { from: string; to: string } | null
  words?: readonly { label: string; value: string }[]
  officeId: number | null
  rowsExpected: number
  language: 'ru' | 'en'
  /** Set by a schedule: one register for one schedule and period, however often the job runs. */
  scheduleKey?: string
  mailTo?: readonly string[]
}>

/** The newest invoices first, and the lines of one invoice in its own order. */
const usualOrder = 'l.invoice_id desc, l.position'

export const requestRegister = operation('export.create', async ({ actor }, order: RegisterOrder) => {
  authorise(actor, 'exportRegister', Export)
  if (order.scheduleKey !== undefined) {
    // Of two runs at the same moment the second waits here and finds the first one's.
    await sequelize.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', {
      type: QueryTypes.SELECT,
      bind: [order.scheduleKey],
    })
    const known = await Export.findOne({ where: { scheduleKey: order.scheduleKey } })
    if (known) return known
  }
  const made = await Export.create({
    officeId: order.officeId,
    report: 'register',
    language: order.language,
    rowsTotal: order.rowsExpected,
    scheduleKey: order.scheduleKey ?? null,
    mailTo: order.mailTo ? [...order.mailTo] : null,
    params: {
      condition: order.condition,
      order: order.order ?? usualOrder,
      period: order.period ?? null,
      words: order.words ?? [],
      rowsExpected: order.rowsExpected,
    },
  })
  await enqueueRun(made)
  await tell(made)
  return made
})

/** A queued export is cancelled at once; a running one stops at its next batch of rows. */
export const cancelExport = operation(
  'export.cancel',
  async ({ actor, now }, { exportId }: { exportId: number }) => {
    const made = await lock(exportId)
    authorise(actor, 'cancel', made)
    if (made.state === 'queued')
      await made.update({ state: exportStates.next(made.state, 'cancel'), finishedAt: now })
    else await made.update({ cancelRequested: true })
    await tell(made)
    return made
  },
)

export const retryExport = operation(
  'export.retry',
  async ({ actor, now }, { exportId }: { exportId: number }) => {
    const made = await lock(exportId)
    authorise(actor, 'retry', made)
    await made.update({
      state: exportStates.next(made.state, 'retry'),
      failureCode: null,
      rowsDone: 0,
      cancelRequested: false,
    })
    await enqueueRun(made)
    await settleNotifications('exports', [made.id], now)
    await tell(made)
    return made
  },
)

/** Null when there is nothing to do: cancelled meanwhile, or made already. An export whose worker died is begun anew. */
export const startExport = operation('export.start', async ({ now }, { exportId }: { exportId: number }) => {
  const made = await lock(exportId)
  if (made.state === 'running') made.state = exportStates.next(made.state, 'requeue')
  if (!exportStates.can(made.state, 'start')) return null
  await made.update({ state: exportStates.next(made.state, 'start'), startedAt: now, rowsDone: 0 })
  return made
})

export type FinishedFile = Readonly<{
  storageKey: string
  originalName: string
  size: number
  sha256: string
}>

/** File, row and the letters of a schedule in one transaction; the export is `ready` afterwards unless it was ended before. */
export const finishExport = operation(
  'export.finish',
  async (
    { now },
    input: {
      exportId: number
      officeId: number
      file: FinishedFile
      rows: number
      controlMinor: Record<string, string>
    },
  ) => {
    const made = await lock(input.exportId)
    if (!exportStates.can(made.state, 'finish')) return made
    const file = await StoredFile.create({
      ...input.file,
      officeId: input.officeId,
      mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      createdBy: made.createdBy,
      createdAt: now,
    })
    await made.update({
      state: exportStates.next(made.state, 'finish'),
      fileId: file.id,
      rowsDone: input.rows,
      rowsTotal: input.rows,
      controlMinor: input.controlMinor,
      finishedAt: now,
      expiresAt: new Date(now.getTime() + exportLifeDays * dayMs),
    })
    // A register made on schedule goes to its readers by mail.
    if (made.scheduleKey === null) await tellAuthor(made, 'export-ready', now)
    await mailTo(made)
    await tell(made)
    return made
  },
)

async function mailTo(made: Export): Promise<void> {
  for (const recipient of made.mailTo ?? []) {
    await postMail({
      kind: 'register',
      dedupKey: `register:${made.id}:${recipient}`,
      officeId: made.officeId,
      organisationId: null,
      recipient,
      language: made.language,
      params: { exportId: made.id },
    })
  }
}

export const endExport = operation(
  'export.end',
  async ({ now }, input: { exportId: number; event: 'cancel' | 'fail'; failureCode?: string }) => {
    const made = await lock(input.exportId)
    if (!exportStates.can(made.state, input.event)) return made
    await made.update({
      state: exportStates.next(made.state, input.event),
      failureCode: input.failureCode ?? null,
      finishedAt: now,
    })
    if (input.event === 'fail') await tellAuthor(made, 'export-failed', now)
    await tell(made)
    return made
  },
)

type Expired = { id: number; officeId: number | null; storageKey: string | null }

/**
 * Ends the life of exports whose time is over, at most `limit` at once. The bytes are removed by the caller after the
 * commit: the keys of their files are returned, one for each export.
 */
export const expireExports = operation(
  'export.expire',
  async ({ now }, { limit }: { limit: number }): Promise<(string | null)[]> => {
    const expired = await sequelize.query<Expired>(
      `with due as (
         select id from exports where state = any ($1) and expires_at <= $2
         order by expires_at limit $3 for update skip locked
       )
       update exports e set state = $4, version = e.version + 1, updated_by = null, updated_at = $2
       from due where e.id = due.id
       returning e.id, e.office_id as "officeId",
         (select storage_key from stored_files f where f.id = e.file_id) as "storageKey"`,
      {
        type: QueryTypes.SELECT,
        bind: [exportStates.statesWhere('expire'), now, limit, exportStates.next('ready', 'expire')],
      },
    )
    await recordEvents(
      'exports',
      expired.map(({ id, officeId }) => ({ id, officeId, organisationId: null })),
      { state: { before: 'ready', after: 'expired' } },
    )
    return expired.map(({ storageKey }) => storageKey)
  },
)

async function lock(id: number): Promise<Export> {
  const made = await Export.findByPk(id, { lock: true })
  if (!made) throw new DomainError('not-found')
  return made
}

const enqueueRun = (made: Export) =>
  enqueue(
    'export.run',
    { key: `export-${made.id}-version-${made.version}`, exportId: made.id },
    made.officeId === null ? {} : { officeId: made.officeId },
  )

const tellAuthor = (made: Export, kind: 'export-ready' | 'export-failed', now: Date) =>
  notify({
    kind,
    subjectId: made.id,
    occasion: made.version,
    officeId: made.officeId,
    authorId: made.createdBy,
    now,
  })

const tell = (made: Export) =>
  notifyDesk({ topic: 'work', ...(made.createdBy !== null && { userId: made.createdBy }) })
