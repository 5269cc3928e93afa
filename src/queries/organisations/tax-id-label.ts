/** What the tax number of an organisation is called: a key of the locale files. */

export type TaxIdLabel = 'inn' | 'bin' | 'iin' | 'unp'

/** In Kazakhstan people and entrepreneurs have an ИИН, everybody else a БИН. */
export function taxIdLabel(country: string, kind: string): TaxIdLabel {
  if (country === 'KZ') return kind === 'entrepreneur' || kind === 'person' ? 'iin' : 'bin'
  return country === 'BY' ? 'unp' : 'inn'
}
