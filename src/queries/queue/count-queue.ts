/** How many things of each kind wait for a person, each counted up to a limit. */
import { today } from '../../domain/calendar.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { type Binds, row } from '../rows.ts'
import { visible } from '../visible.ts'
import { sources, type QueueKind, type Source } from './sources.ts'

/** Nobody works through more; what is beyond is not counted. */
export const countedAtMost = 1000

/** Sources that may hold something for this actor, in order. */
export const sourcesFor = (actor: Actor): Source[] =>
  sources.filter(
    ({ roles, model }) => roles.includes(actor.role) && (model === null || can(actor, 'list', model)),
  )

/** `from … where …` of a source within the actor's scope, and its binds. */
export function readable(actor: Actor, source: Source, now: Date): { sql: string; bind: Binds } {
  const scope = source.model === null ? { sql: 'true', bind: {} } : visible(actor, source.model, 't')
  // A source that sums up applies the scope to the rows it reads; the sums themselves have no office any more.
  const isSummed = source.from.includes('%scope')
  const from = source.from.replace('%scope', scope.sql)
  const sql = `from ${from} where ${isSummed ? 'true' : scope.sql} and ${source.where}`
  return { sql, bind: { ...scope.bind, me: actor.id, now, today: today(actor.timezone, now) } }
}

/** In the order of the sources; kinds that have nothing are there with 0. */
export async function countQueue(actor: Actor, now = new Date()): Promise<Map<QueueKind, number>> {
  const mine = sourcesFor(actor)
  if (mine.length === 0) return new Map()
  let bind: Binds = {}
  const counts = mine.map((source, at) => {
    const readableSource = readable(actor, source, now)
    bind = { ...bind, ...readableSource.bind }
    return `(select count(*)::integer from (select ${readableSource.sql} limit ${countedAtMost}) as found) as c${at}`
  })
  const counted = await row<Record<string, number>>(`select ${counts.join(', ')}`, bind)
  return new Map(mine.map(({ kind }, at) => [kind, counted?.[`c${at}`] ?? 0]))
}
