/** Finds rows of a table by a phone in any formatting: whole, its beginning, or its last digits without the code. */
import type { Model, ModelStatic } from 'sequelize'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { visible } from '../visible.ts'
import type { Terms } from './read-terms.ts'

const shortest = 6
const nationalLength = 10
const last = ':'

export type PhoneTable = Readonly<{ model: ModelStatic<Model>; columns: string }>

export async function findByPhone<Row extends { id: number }>(
  actor: Actor,
  { model, columns }: PhoneTable,
  { phone }: Terms,
  limit: number,
): Promise<Row[]> {
  if (phone === null || phone.length < shortest) return []
  const scope = visible(actor, model, 't')
  const digits = `regexp_replace(t.phone, '\\D', '', 'g')`
  const part = (place: number, expression: string, sought: string) =>
    `(select t.id, t.search_name, ${columns}, ${place} as place from ${model.tableName} t
      where ${scope.sql} and t.deleted_at is null and ${expression} ~>=~ ${sought} and ${expression} ~<~ (${sought} || $last)
      order by ${expression} using ~<~ limit $limit)`
  const begins = part(0, `right(${digits}, ${nationalLength})`, '$phone')
  const ends = part(1, `reverse(${digits})`, '$turned')
  return rows<Row>(`select * from (${begins} union all ${ends}) as found order by place, id limit $limit`, {
    ...scope.bind,
    phone,
    turned: [...phone].toReversed().join(''),
    // The sign after «9»: no digit is beyond it.
    last,
    limit,
  })
}
