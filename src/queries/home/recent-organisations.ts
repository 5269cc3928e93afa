/** The organisations a person opened lately; before the first, those they last worked on. */
import type { Home } from '../../../admin/desk-types.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { taxIdLabel } from '../organisations/tax-id-label.ts'
import { row, rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'
import { visibleIfListed } from '../visible.ts'

const shownAtMost = 8
/** Events of the office looked through when nothing is remembered. */
const eventsRead = 500

type OrganisationRow = { id: number; name: string; tax_id: string | null; country: string; kind: string }

export async function recentOrganisations(actor: Actor): Promise<Home['recent']> {
  const scope = visibleIfListed(actor, Organisation, 'o')
  if (!scope || actor.id === null) return []
  const ids = await rememberedBy(actor)
  const found = await rows<OrganisationRow>(
    `select o.id, coalesce(o.short_name, o.name) as name, o.tax_id, o.country, o.kind from organisations o
     where o.id = any ($ids) and o.deleted_at is null and ${scope.sql}
     order by array_position($ids::bigint[], o.id) limit $limit`,
    { ...scope.bind, ids, limit: shownAtMost },
  )
  return found.map(({ id, name, tax_id: taxId, country, kind }) => ({
    id,
    name,
    taxIdLabel: taxIdLabel(country, kind),
    taxId,
    href: screenOf('organisations', id),
  }))
}

async function rememberedBy(actor: Actor): Promise<number[]> {
  const kept = await row<{ recent: unknown }>(
    `select preferences -> 'recent' as recent from users where id = $me`,
    {
      me: actor.id,
    },
  )
  if (Array.isArray(kept?.recent) && kept.recent.length > 0)
    return kept.recent.filter((id): id is number => typeof id === 'number')
  const touched = await rows<{ id: number }>(
    `select organisation_id as id from (
       select * from audit_events e where $office::bigint is null or e.office_id = $office order by e.id desc limit $limit
     ) as e
     where e.actor_id = $me and e.organisation_id is not null group by 1 order by max(e.id) desc`,
    { office: actor.officeId, me: actor.id, limit: eventsRead },
  )
  return touched.map(({ id }) => id)
}
