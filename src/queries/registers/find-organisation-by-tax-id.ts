/** Which of our organisations a tax id belongs to, for staff; a visitor who registers asks `lookUpOrganisation` only. */
import type { Country } from '../../domain/requisites/country.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { visibleIfListed } from '../visible.ts'
import { rows } from '../rows.ts'

export type ByTaxId = Readonly<{ country: Country; taxId: string; kpp: string | null }>

export type KnownOrganisation = Readonly<{ id: number; name: string; state: Organisation['state'] }>

// Without a КПП on either side the tax id alone decides.
const same = `o.country = $country and o.tax_id = $taxId and ($kpp::text is null or o.kpp is null or o.kpp = $kpp)
  and o.deleted_at is null`

/** Those the actor may see anyway, whatever else there is. */
export async function findOrganisationByTaxId(actor: Actor, asked: ByTaxId): Promise<KnownOrganisation[]> {
  const seen = visibleIfListed(actor, Organisation, 'o')
  if (!seen) return []
  return rows<KnownOrganisation>(
    `select o.id, o.name, o.state from organisations o where ${same} and ${seen.sql} order by o.id limit 20`,
    { ...asked, ...seen.bind },
  )
}
