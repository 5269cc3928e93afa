/** What happened to a record, from the audit trail: sentences with the changes behind them. */
import type { HistoryEntry } from '../../../admin/desk-types.ts'
import { type Binds, rows } from '../rows.ts'
import { titlesOf } from './titles.ts'

export const eventsPerPage = 20

type EventRow = {
  id: number
  at: Date
  actor_name: string
  operation: string
  subject_type: string
  subject_id: number
  changes: Record<string, { before: unknown; after: unknown }>
  note: string | null
}

/** Values short enough for a sentence, under the names the locale files use. */
const said = ['number', 'name', 'state', 'totalMinor', 'currency', 'amountMinor', 'outcome', 'kind', 'reason']

/** `accounting-request.answer` is about rows of `accounting_requests`, whatever else it changed. */
const isAbout = ({ operation, subject_type: table }: EventRow): boolean =>
  `${operation.split('.')[0]?.replaceAll('-', '_')}s` === table

/** As a condition on the alias `e`: one event for each thing that was done, without the steps on its way. */
export const aboutItself = `replace(split_part(e.operation, '.', 1), '-', '_') || 's' = e.subject_type
  and e.operation not in ('mail.prepare', 'mail.begin', 'document.finish')`

function toEntry(event: EventRow, title: string): HistoryEntry {
  const params: Record<string, string | number> = {
    subject: event.subject_type,
    subjectId: event.subject_id,
    // A record changed in passing is not what the sentence is about.
    ...(title !== '' && isAbout(event) && { title }),
  }
  for (const property of said) {
    const value = event.changes[property]?.after
    if (typeof value === 'string' || typeof value === 'number') params[property] = value
  }
  return {
    id: event.id,
    at: event.at.toISOString(),
    actor: event.actor_name,
    operation: event.operation,
    params,
    changes: Object.entries(event.changes).map(([property, { before, after }]) => ({
      property,
      before,
      after,
    })),
    note: event.note,
  }
}

/** Newest first; `where` limits the alias `e` to what the actor may see, which is the caller's duty. */
export async function readEvents(where: string, bind: Binds, limit = eventsPerPage): Promise<HistoryEntry[]> {
  const found = await rows<EventRow>(
    `select e.id, e.at, e.actor_name, e.operation, e.subject_type, e.subject_id, e.changes, e.note
     from audit_events e where ${where} order by e.id desc limit $limit`,
    { ...bind, limit },
  )
  const subjectOf = (event: EventRow) => ({ table: event.subject_type, id: event.subject_id })
  const titleOf = await titlesOf(found.map(subjectOf))
  return found.map((event) => toEntry(event, titleOf(subjectOf(event))))
}
