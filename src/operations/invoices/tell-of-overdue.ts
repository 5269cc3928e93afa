/** Once a day the operators of an office hear how many of its invoices are overdue, when there are new ones. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { notify } from '../notifications/notify.ts'
import { operation } from '../operation.ts'

type Overdue = { officeId: number; day: string; count: number; fresh: number }

/** Fresh is what fell due yesterday in the office's own zone; how many people were told. */
export const tellOfOverdue = operation('invoice.tell-overdue', async ({ actor, now }) => {
  if (actor.role !== 'system') throw new DomainError('forbidden')
  const offices = await sequelize.query<Overdue>(
    `select i.office_id as "officeId", f.day::text as day, count(*)::integer as count,
       count(*) filter (where i.due_on = f.day - 1)::integer as fresh
     from invoices i
     join lateral (select (($1::timestamptz) at time zone o.timezone)::date as day from organisations o
       where o.id = i.office_id) f on true
     where i.state in ('issued', 'part_paid') and i.deleted_at is null and i.due_on < f.day
     group by i.office_id, f.day having count(*) filter (where i.due_on = f.day - 1) > 0`,
    { type: QueryTypes.SELECT, bind: [now] },
  )
  let told = 0
  for (const { officeId, day, count, fresh } of offices)
    told += await notify({
      kind: 'invoices-overdue',
      subjectId: officeId,
      occasion: day,
      officeId,
      params: { count, fresh },
      now,
    })
  return told
})
