/** For whom a person may act in the cabinet: every membership that is in force. */
import { rows } from '../rows.ts'

export type Place = Readonly<{
  membershipId: number
  /** Null for an applicant who has no organisation yet. */
  name: string | null
  taxId: string | null
  role: 'head' | 'employee' | 'applicant'
}>

/** Of one person only: the id is that of the session. */
export const placesOf = (userId: number): Promise<Place[]> =>
  rows<Place>(
    `select m.id as "membershipId", coalesce(o.short_name, o.name) as name, o.tax_id as "taxId", m.role
       from memberships m left join organisations o on o.id = m.organisation_id
      where m.user_id = $userId and m.state = 'active'
        and (o.id is null or (o.deleted_at is null and o.state <> 'blocked'))
      order by name nulls last, m.id`,
    { userId },
  )
