/** Which of our organisations a tax id belongs to: for staff with its name, for a registration only where it is. */
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

/**
 * For whoever registers without being known: where a claim has to go once it is confirmed. It holds nothing that could be
 * shown, on purpose. Nothing a visitor sees, receives or can time may depend on it: who our clients are is not public,
 * though each of them is in the register. So a screen asks `lookUpOrganisation` only, and this is asked after the e-mail
 * address is confirmed, when the answer goes to our staff or to the head of the organisation, never to the visitor.
 */
export function placesOfOrganisation(
  officeId: number,
  asked: ByTaxId,
): Promise<readonly Readonly<{ organisationId: number }>[]> {
  return rows(
    `select o.id as "organisationId" from organisations o where ${same} and o.office_id = $officeId order by o.id`,
    { ...asked, officeId },
  )
}
