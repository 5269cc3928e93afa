/** The id a row will have, for rows that must name themselves: an office is its own office, a link signs its own id, what is sealed names its row. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'

export async function nextId(table: 'organisations' | 'access_links' | 'identity_letters'): Promise<number> {
  const [next] = await sequelize.query<{ id: number }>(
    "select nextval(pg_get_serial_sequence($1, 'id')) as id",
    {
      type: QueryTypes.SELECT,
      bind: [table],
    },
  )
  if (!next) throw new Error(`the sequence of ${table} gave no id`)
  return next.id
}
