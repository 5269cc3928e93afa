/** Owns the rate of VAT: which one holds on a day, and how it is written. */

import { DomainError } from './errors.ts'
import type { Language } from './language.ts'
import type { Country } from './requisites/country.ts'

export const vatCodes = ['standard', 'reduced', 'zero'] as const

export type VatCode = (typeof vatCodes)[number]

/** One row of the table `vat_rates`; the days are inclusive, `validTo` null = still in force. */
export type VatRate = Readonly<{
  country: Country
  code: VatCode
  ratePercent: string
  validFrom: string
  validTo: string | null
}>

/**
 * The history the table is seeded with. Sources: Russia, Federal Law 425 of 28.11.2025 (22% from 2026) and Law 303
 * of 2018 (20%); Kazakhstan, the Tax Code of 2025 (16% from 2026). The code asks the table, never this list.
 */
export const knownVatRates: readonly VatRate[] = [
  { country: 'RU', code: 'standard', ratePercent: '18', validFrom: '2004-01-01', validTo: '2018-12-31' },
  { country: 'RU', code: 'standard', ratePercent: '20', validFrom: '2019-01-01', validTo: '2025-12-31' },
  { country: 'RU', code: 'standard', ratePercent: '22', validFrom: '2026-01-01', validTo: null },
  { country: 'RU', code: 'reduced', ratePercent: '10', validFrom: '2004-01-01', validTo: null },
  { country: 'RU', code: 'zero', ratePercent: '0', validFrom: '2004-01-01', validTo: null },
  { country: 'KZ', code: 'standard', ratePercent: '12', validFrom: '2009-01-01', validTo: '2025-12-31' },
  { country: 'KZ', code: 'standard', ratePercent: '16', validFrom: '2026-01-01', validTo: null },
  { country: 'KZ', code: 'zero', ratePercent: '0', validFrom: '2009-01-01', validTo: null },
  { country: 'BY', code: 'standard', ratePercent: '20', validFrom: '2010-01-01', validTo: null },
  { country: 'BY', code: 'reduced', ratePercent: '10', validFrom: '2010-01-01', validTo: null },
  { country: 'BY', code: 'zero', ratePercent: '0', validFrom: '2010-01-01', validTo: null },
]

/**
 * The rate in force on the day of shipment, as a decimal string of percents.
 * @param day 'YYYY-MM-DD'
 * @throws DomainError `vat-rate-missing` {country, code, day}
 */
export function vatRateOn(rates: readonly VatRate[], country: Country, code: VatCode, day: string): string {
  const rate = rates.find(
    (row) =>
      row.country === country &&
      row.code === code &&
      row.validFrom <= day &&
      (row.validTo === null || day <= row.validTo),
  )
  if (rate === undefined) throw new DomainError('vat-rate-missing', { country, code, day })
  return rate.ratePercent
}

/** «22%», «Без НДС» for null; `22%`, `No VAT` in English. Takes a decimal string: `22.00`. */
export function vatLabel(vatPercent: string | null, language: Language = 'ru'): string {
  if (vatPercent === null) return language === 'ru' ? 'Без НДС' : 'No VAT'
  const percent = String(Number(vatPercent))
  return `${language === 'ru' ? percent.replace('.', ',') : percent}%`
}
