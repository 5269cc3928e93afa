/** Owns what a tax id tells of its holder before anything else is known: an organisation or one person. */

import type { OrganisationKind } from '../requisites.ts'
import { strip } from './checked.ts'
import type { Country } from './country.ts'
import { looksLikeIin } from './kazakhstan.ts'

/** The likeliest kind; a Belarusian number of digits does not tell an entrepreneur from a company. */
export function kindOfTaxId(country: Country, taxId: string): OrganisationKind {
  const value = strip(taxId)
  if (country === 'RU') return value.length === 12 ? 'entrepreneur' : 'legal'
  if (country === 'KZ') return looksLikeIin(value) || value[4] === '6' ? 'entrepreneur' : 'legal'
  return /^\d/.test(value) ? 'legal' : 'entrepreneur'
}
