/** Finds rows of a table by their number: by its counter, its beginning or its end, and only then by a piece of it. */
import type { Model, ModelStatic } from 'sequelize'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { likeLiterally, type Terms } from './read-terms.ts'

export type NumberTable = Readonly<{
  model: ModelStatic<Model>
  /** The column the number is in. */
  column: string
  /** Whether a counter of a series stands in `series_number`. */
  hasSeries: boolean
  /** Whether the end of a number finds it: the last digits of an order. */
  hasEnds: boolean
  /** Whether a trigram index finds a piece in the middle, for numbers people invent. */
  hasPieces: boolean
  isKept: boolean
}>

const last = String.fromCodePoint(0x10ffff)
/** Shorter pieces and ends stand in too many numbers to tell anything. */
const shortestPiece = 4

/** Ids, best first, at most `limit`. */
export async function findByNumber(
  actor: Actor,
  table: NumberTable,
  terms: Terms,
  limit: number,
): Promise<number[]> {
  const { number } = terms
  if (number === null) return []
  const scope = visible(actor, table.model, 't')
  const where = `${scope.sql}${table.isKept ? ' and t.deleted_at is null' : ''}`
  const from = `from ${table.model.tableName} t where ${where}`
  const lower = `lower(t.${table.column})`
  const bind: Record<string, unknown> = { ...scope.bind, number, last, limit }
  const begins = `(select t.id, 1 as place ${from} and ${lower} ~>=~ $number and ${lower} ~<~ ($number || $last)
    order by ${lower} using ~<~, t.id desc limit $limit)`
  const parts = [begins]
  if (table.hasSeries && /^\d{1,12}$/.test(number)) {
    bind['counter'] = Number(number)
    parts.unshift(
      `(select t.id, 0 as place ${from} and t.series_number = $counter order by t.id desc limit $limit)`,
    )
  }
  if (table.hasEnds && number.length >= shortestPiece) {
    bind['turned'] = [...number].toReversed().join('')
    parts.push(`(select t.id, 2 as place ${from} and reverse(${lower}) ~>=~ $turned and reverse(${lower}) ~<~ ($turned || $last)
      order by reverse(${lower}) using ~<~ limit $limit)`)
  }
  const exact = await rows<{ id: number }>(
    `select id from (${parts.join(' union all ')}) as found order by place limit $limit`,
    bind,
  )
  const ids = [...new Set(exact.map(({ id }) => id))]
  if (ids.length > 0 || !table.hasPieces || number.length < shortestPiece) return ids
  // Materialised: with the limit in sight the planner would rather read the table until it has met a few.
  const pieces = await rows<{ id: number }>(
    `with found as materialized (select t.id ${from} and ${lower} like $piece)
     select id from found order by id desc limit $limit`,
    { ...scope.bind, piece: `%${likeLiterally(number)}%`, limit },
  )
  return pieces.map(({ id }) => id)
}
