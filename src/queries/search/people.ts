/** People of the organisations by name or phone. */
import type { SearchHit } from '../../../admin/desk-types.ts'
import { Employee } from '../../models/employee.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { screenOf } from '../screen-of.ts'
import { visible } from '../visible.ts'
import { matchPiece } from './match-piece.ts'
import { findByName } from './names.ts'
import { findByPhone } from './phones.ts'
import type { Terms } from './read-terms.ts'

type Found = {
  id: number
  search_name: string
  full_name: string
  phone: string | null
  organisation_id: number
}

const columns = `concat_ws(' ', t.surname, t.name, t.patronymic) as full_name, t.phone, t.organisation_id`

export async function findPeople(actor: Actor, terms: Terms, limit: number): Promise<SearchHit[]> {
  if (!can(actor, 'list', Employee)) return []
  const found =
    terms.digits === null
      ? await findByName<Found>(actor, { model: Employee, columns, hasForms: false }, terms, limit)
      : await findByPhone<Found>(actor, { model: Employee, columns }, terms, limit)
  if (found.length === 0) return []
  const scope = visible(actor, Organisation, 'o')
  const names = await rows<{ id: number; name: string }>(
    `select o.id, coalesce(o.short_name, o.name) as name from organisations o where ${scope.sql} and o.id = any ($ids)`,
    { ...scope.bind, ids: found.map((row) => row.organisation_id) },
  )
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  return found.map((row) => {
    const phone = terms.digits === null ? null : row.phone
    const subtitle = [nameOf.get(row.organisation_id), phone].filter(Boolean).join(' · ')
    return {
      id: row.id,
      title: row.full_name,
      subtitle,
      href: screenOf('employees', row.id),
      match: matchPiece(terms, row.full_name, subtitle),
    }
  })
}
