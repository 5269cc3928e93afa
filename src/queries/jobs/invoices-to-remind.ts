/** Which unpaid invoices have come to a day of reminding; the operation decides about each. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'

/** Ids in order, a page at a time; whoever got the last step is not asked about again. */
export async function invoicesToRemind(after: number, limit: number, now: Date): Promise<number[]> {
  const rows = await sequelize.query<{ id: number }>(
    `select id from invoices i
     where state in ('issued', 'part_paid') and deleted_at is null and id > $1
       and due_on <= ($2::timestamptz)::date + 4
       and not exists (select from invoice_reminders r where r.invoice_id = i.id and r.step = 'after_14')
     order by id limit $3`,
    { type: QueryTypes.SELECT, bind: [after, now, limit] },
  )
  return rows.map(({ id }) => id)
}
