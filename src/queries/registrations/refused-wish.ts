/** What a newcomer told who was refused and may ask again: nothing of theirs waits, and no place is theirs. */
import type { Registration } from '../../models/registration.ts'
import { row } from '../rows.ts'

export type RefusedWish = Pick<
  Registration,
  | 'id'
  | 'officeId'
  | 'country'
  | 'subject'
  | 'isSubjectOfAccreditation'
  | 'taxId'
  | 'kpp'
  | 'details'
  | 'source'
> &
  Readonly<{ reason: string | null }>

/** The newest of their own wishes, with the reason of the newest refusal. Asked about oneself only. */
export const refusedWish = (userId: number): Promise<RefusedWish | null> =>
  row<RefusedWish>(
    `select r.id, r.office_id as "officeId", r.country, r.subject, r.tax_id as "taxId", r.kpp, r.details, r.source,
            r.is_subject_of_accreditation as "isSubjectOfAccreditation", refusal.reason
       from registrations r
       join lateral (
         select reason, decided_at from registrations where user_id = r.user_id and state = 'refused'
         union all
         select reason, decided_at from memberships where user_id = r.user_id and state = 'refused'
         order by decided_at desc limit 1) as refusal on true
      where r.user_id = $userId and r.way = 'self'
        and not exists (select from registrations w where w.user_id = r.user_id and w.state = 'waiting')
        and not exists (select from memberships m where m.user_id = r.user_id
                         and m.state in ('pending', 'active', 'blocked'))
      order by r.id desc limit 1`,
    { userId },
  )
