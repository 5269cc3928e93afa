/** Background work a person started: what runs now, and what has ended while they looked elsewhere. */
import type { Work } from '../../../admin/desk-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { fileOf, listOf, pageOf, screenOf } from '../screen-of.ts'

/** How long ended work stays in the tray, in minutes; failed exports stay in the queue until they are handled. */
const shownAfterEnd = 10
const shownAtMost = 20

type BatchRow = {
  id: number
  kind: string
  organisation_id: number | null
  /** Whose papers they are, when they are one client's. */
  organisation: string | null
  total: number
  done: number
  failed: number
  state: 'open' | 'done' | 'failed'
  created_at: Date
}
type ExportRow = {
  id: number
  report: string
  state: 'queued' | 'running' | 'ready' | 'failed' | 'cancelled'
  rows_total: number | null
  rows_done: number
  created_at: Date
}
type ImportRow = {
  id: number
  file_name: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  rows_total: number | null
  rows_read: number
  rows_bad: number
  created_at: Date
}
type SendingRow = { total: number; done: number; failed: number; created_at: Date | null }

/** Only the actor's own work, newest first. */
export async function myWork(actor: Actor): Promise<Work[]> {
  if (actor.id === null) return []
  const bind = { me: actor.id, minutes: shownAfterEnd, limit: shownAtMost }
  const [batches, exports, imports, sendings] = await Promise.all([
    rows<BatchRow>(
      `select b.id, b.kind, b.organisation_id, b.total, b.state, b.created_at, coalesce(o.done, 0)::integer as done,
         coalesce(o.failed, 0)::integer as failed,
         (select coalesce(short_name, name) from organisations where id = b.organisation_id) as organisation
       from (select * from batches where created_by = $me order by id desc limit $limit) b
       left join lateral (select count(*) filter (where state = 'done') as done,
           count(*) filter (where state in ('dead', 'uncertain')) as failed
         from outbox where batch_id = b.id) o on true
       where b.total > 0 and (b.state = 'open' or b.done_at > now() - make_interval(mins => $minutes))
       order by b.id desc`,
      bind,
    ),
    rows<ExportRow>(
      `select id, report, state, rows_total, rows_done, created_at from exports
       where created_by = $me and schedule_key is null and state <> 'expired'
         and (state in ('queued', 'running') or finished_at > now() - make_interval(mins => $minutes))
       order by id desc limit $limit`,
      bind,
    ),
    rows<ImportRow>(
      `select id, file_name, state, rows_total, rows_read, rows_bad, created_at from register_imports
       where created_by = $me
         and (state in ('queued', 'running') or state <> 'draft' and finished_at > now() - make_interval(mins => $minutes))
       order by id desc limit $limit`,
      bind,
    ),
    rows<SendingRow>(
      `select count(*)::integer as total, count(*) filter (where state <> 'queued')::integer as done,
         count(*) filter (where state = 'failed')::integer as failed, min(created_at) as created_at
       from accounting_requests
       where created_by = $me and created_at > now() - make_interval(mins => $minutes) and $limit > 0`,
      bind,
    ),
  ])
  return [
    ...batches.map(ofBatch),
    ...exports.map(ofExport),
    ...imports.map(ofImport),
    ...sendings.filter(({ total }) => total > 0).map(ofSending),
  ]
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
    .slice(0, shownAtMost)
}

function ofBatch(batch: BatchRow): Work {
  const kind = batch.kind === 'publish' ? 'publish' : 'documents'
  const isOver = batch.state !== 'open'
  const place = batch.organisation_id === null ? {} : { organisationId: String(batch.organisation_id) }
  return {
    key: `batch-${batch.id}`,
    kind,
    title:
      batch.organisation === null
        ? { code: kind, params: { id: batch.id, count: batch.total } }
        : { code: `${kind}_of`, params: { name: batch.organisation } },
    done: batch.done,
    total: batch.total,
    state: isOver ? (batch.state as 'done' | 'failed') : batch.done > 0 ? 'running' : 'waiting',
    failed: batch.failed,
    href: isOver
      ? kind === 'documents'
        ? listOf('documents', { batchId: String(batch.id) })
        : listOf('documents', { ...place, state: 'published' })
      : null,
    canCancel: false,
    startedAt: batch.created_at.toISOString(),
  }
}

function ofExport(made: ExportRow): Work {
  const states = {
    queued: 'waiting',
    running: 'running',
    ready: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  } as const
  return {
    key: `export-${made.id}`,
    kind: 'export',
    title: { code: 'export', params: { report: made.report, id: made.id } },
    done: made.rows_done,
    total: made.rows_total,
    state: states[made.state],
    failed: made.state === 'failed' ? 1 : 0,
    href:
      made.state === 'ready'
        ? fileOf('export', made.id)
        : made.state === 'failed'
          ? screenOf('exports', made.id)
          : null,
    canCancel: made.state === 'queued' || made.state === 'running',
    startedAt: made.created_at.toISOString(),
  }
}

function ofImport(made: ImportRow): Work {
  const states = {
    queued: 'waiting',
    running: 'running',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  } as const
  const isOpen = made.state === 'queued' || made.state === 'running'
  return {
    key: `register-import-${made.id}`,
    kind: 'register-import',
    title: { code: 'register_import', params: { name: made.file_name } },
    done: made.rows_read,
    // An estimate for a file whose cells hold several lines.
    total: made.rows_total === null ? null : Math.max(made.rows_total, made.rows_read),
    state: states[made.state],
    failed: isOpen ? 0 : made.rows_bad,
    href: isOpen ? null : pageOf('register', { import: String(made.id) }),
    canCancel: isOpen,
    startedAt: made.created_at.toISOString(),
  }
}

function ofSending({ total, done, failed, created_at: startedAt }: SendingRow): Work {
  const isOver = done === total
  return {
    key: 'accounting',
    kind: 'accounting',
    title: { code: 'accounting', params: { count: total } },
    done,
    total,
    state: isOver ? (failed > 0 ? 'failed' : 'done') : done > 0 ? 'running' : 'waiting',
    failed,
    href: isOver ? listOf('accounting-requests') : null,
    canCancel: false,
    startedAt: (startedAt ?? new Date()).toISOString(),
  }
}
