/** The register of our own: what official files have said, asked without leaving the database. */
import { countries, type Country } from '../../domain/requisites/country.ts'
import { defineRegister, type RegisteredOrganisation } from '../../registers/define-register.ts'
import { row } from '../rows.ts'

type Entry = RegisteredOrganisation & { asOf: string }

const source = 'local'
const instantOf = (day: string): string => `${day}T00:00:00.000Z`

export const localRegister = defineRegister({
  name: source,
  countries,
  isRemembered: false,
  async lookUp({ country, taxId, kpp }) {
    // Without a КПП the head office is meant: the fifth and sixth of its digits are 01.
    const entry = await row<Entry>(
      `select country, tax_id as "taxId", kpp, kind, name, short_name as "shortName",
         registration_number as "registrationNumber", address, head_name as "headName",
         head_position as "headPosition", okved, state, as_of::text as "asOf"
       from register_organisations
       where country = $country and tax_id = $taxId and ($kpp::text is null or kpp = $kpp or kpp is null)
       order by kpp = $kpp desc nulls last, state <> 'liquidated' desc, substr(kpp, 5, 2) = '01' desc nulls last,
         as_of desc, id
       limit 1`,
      { country, taxId, kpp },
    )
    if (entry) {
      const { asOf, ...organisation } = entry
      return { outcome: 'found', organisation, source, asOf: instantOf(asOf) }
    }
    const newest = await lastFilled(country)
    return newest === null
      ? { outcome: 'unavailable', source, reason: 'not-connected' }
      : { outcome: 'not-found', source, asOf: instantOf(newest) }
  },
})

/** The day the newest file of a country vouches for; null for a register nobody has filled. */
async function lastFilled(country: Country): Promise<string | null> {
  const filled = await row<{ on: string | null }>(
    `select max(as_of)::text as on from register_imports
     where country = $country and state = 'done' and rows_added + rows_changed + rows_unchanged > 0`,
    { country },
  )
  return filled?.on ?? null
}
