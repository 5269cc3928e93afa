/** Which exports have outlived their time. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'

export async function expiredExports(now: Date, limit: number): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(
    "select id from exports where state = 'ready' and expires_at <= $1 order by expires_at limit $2",
    { type: QueryTypes.SELECT, bind: [now, limit] },
  )
  return rows.map(({ id }) => id)
}
