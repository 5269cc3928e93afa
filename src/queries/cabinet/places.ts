/** For whom a person may act: every standing of theirs that is in force. */
import type { CabinetPlace } from '../../../admin/cabinet-types.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'

type PlaceRow = Omit<CabinetPlace, 'isCurrent'> & { organisationId: number | null; officeId: number }

/** Nothing of anybody else: a person's own standings are theirs to know, whoever they act for now. */
export async function cabinetPlaces({ id, organisationId, officeId }: Actor): Promise<CabinetPlace[]> {
  const found = await rows<PlaceRow>(
    `select m.id as "membershipId", coalesce(c.short_name, c.name) as organisation, coalesce(o.short_name, o.name) as office,
       m.role, m.organisation_id as "organisationId", m.office_id as "officeId"
     from memberships m join organisations o on o.id = m.office_id left join organisations c on c.id = m.organisation_id
     where m.user_id = $id and m.state = 'active'
       and (c.id is null or (c.deleted_at is null and c.state <> 'blocked'))
     order by organisation nulls last, m.id`,
    { id },
  )
  return found.map(({ organisationId: of, officeId: at, ...place }) => ({
    ...place,
    isCurrent: of === organisationId && at === officeId,
  }))
}
