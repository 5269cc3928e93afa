/** Who of the staff may answer the clients of an office. */
import { rows } from '../rows.ts'

export const colleaguesOf = ({ officeId }: { officeId: number }): Promise<{ id: number; name: string }[]> =>
  rows(
    `select u.id, concat_ws(' ', u.name, u.surname) as name from users u
     where u.state = 'active' and u.deleted_at is null and u.role in ('administrator', 'operator', 'accountant')
       and (u.office_id = $officeId or u.office_id is null)
     order by u.office_id is null, u.surname, u.name, u.id limit 200`,
    { officeId },
  )
