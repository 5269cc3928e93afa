/** For whom a person may act in the cabinet: every membership that is in force. */
import { rows } from '../rows.ts'

export type Place = Readonly<{
  membershipId: number
  /** Null for an applicant who has no organisation yet. */
  organisationId: number | null
  organisation: string | null
  taxId: string | null
  officeId: number
  office: string
  role: 'head' | 'employee' | 'applicant'
}>

/** Of one person only: the id is that of the session. */
export const placesOf = (userId: number): Promise<Place[]> =>
  rows<Place>(
    `select m.id as "membershipId", m.role, m.organisation_id as "organisationId", c.tax_id as "taxId",
       coalesce(c.short_name, c.name) as organisation, m.office_id as "officeId",
       coalesce(o.short_name, o.name) as office
     from memberships m join organisations o on o.id = m.office_id left join organisations c on c.id = m.organisation_id
     where m.user_id = $userId and m.state = 'active'
       and (c.id is null or (c.deleted_at is null and c.state <> 'blocked'))
     order by organisation nulls last, m.id`,
    { userId },
  )
