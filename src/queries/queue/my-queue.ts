/** What waits for this person now, page by page, the most pressing kind first and the oldest of it first. */
import type { QueueItem } from '../../../admin/desk-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { countQueue, readable, sourcesFor } from './count-queue.ts'
import type { QueueKind, Source, SourceRow } from './sources.ts'

export type MyQueue = {
  items: QueueItem[]
  /** Of the asked kind, or of all kinds. */
  total: number
  overdue: number
  kinds: { kind: QueueKind; count: number }[]
  page: number
  hasMore: boolean
}

export type QueueQuestion = { kind?: QueueKind | undefined; page?: number; perPage?: number; now?: Date }

export async function myQueue(actor: Actor, question: QueueQuestion = {}): Promise<MyQueue> {
  const { kind, page = 1, perPage = 25, now = new Date() } = question
  const counts = await countQueue(actor, now)
  const mine = sourcesFor(actor)
  const asked = mine.filter((source) => kind === undefined || source.kind === kind)
  const countOf = ({ kind: of }: Source) => counts.get(of) ?? 0
  const total = asked.reduce((sum, source) => sum + countOf(source), 0)

  const items: QueueItem[] = []
  let skip = (page - 1) * perPage
  for (const source of asked) {
    const wanted = perPage - items.length
    if (wanted > 0 && skip < countOf(source)) items.push(...(await read(actor, source, now, skip, wanted)))
    skip = Math.max(0, skip - countOf(source))
  }
  const late = mine.filter(({ isLate }) => isLate).reduce((sum, source) => sum + countOf(source), 0)
  return {
    items,
    total,
    overdue: late,
    kinds: [...counts].flatMap(([of, count]) => (count > 0 ? [{ kind: of, count }] : [])),
    page,
    hasMore: page * perPage < total,
  }
}

async function read(
  actor: Actor,
  source: Source,
  now: Date,
  offset: number,
  limit: number,
): Promise<QueueItem[]> {
  const { sql, bind } = readable(actor, source, now)
  const found = await rows<SourceRow>(
    `select found.id, found.at, o.id as organisation_id, coalesce(o.short_name, o.name) as organisation_name, found.params
     from (select t.id, ${source.at} as at, ${source.hasOrganisation ? 't.organisation_id' : 'null::bigint'} as organisation_id,
         jsonb_build_object(${source.params}) as params
       ${sql} order by at, t.id limit $limit offset $offset) as found
     left join organisations o on o.id = found.organisation_id
     order by found.at, found.id`,
    { ...bind, limit, offset },
  )
  return found.map((row) => toItem(source, row))
}

function toItem(source: Source, row: SourceRow): QueueItem {
  const { kind, tone, href, action } = source
  const said = Object.entries(row.params).filter(
    (entry): entry is [string, string | number] => entry[1] !== null,
  )
  return {
    key: `${kind}-${row.id}`,
    kind,
    tone,
    params: Object.fromEntries(said),
    organisation:
      row.organisation_id === null || row.organisation_name === null
        ? null
        : { id: row.organisation_id, name: row.organisation_name },
    at: row.at.toISOString(),
    href: href(row),
    action: action?.(row) ?? null,
  }
}
