/** Which accounting requests have waited for an answer since before an instant. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'

export async function requestsWithoutAnswer(sentBefore: Date, limit: number): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(
    "select id from accounting_requests where state = 'sent' and sent_at < $1 order by sent_at limit $2",
    { type: QueryTypes.SELECT, bind: [sentBefore, limit] },
  )
  return rows.map(({ id }) => id)
}
