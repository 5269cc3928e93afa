/** What a line costs and how much of it is VAT on a given day. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { lineAmounts, type Amounts } from '../../domain/money.ts'
import type { Country } from '../../domain/requisites/country.ts'
import { vatRateOn, type VatCode, type VatRate } from '../../domain/vat.ts'

/** The table of VAT rates as the domain reads it. */
export async function vatRates(): Promise<VatRate[]> {
  return sequelize.query<VatRate & object>(
    `select country, code, rate_percent::text as "ratePercent", valid_from as "validFrom", valid_to as "validTo"
     from vat_rates`,
    { type: QueryTypes.SELECT },
  )
}

/** Prices hold VAT inside: a change of the rate moves the tax, never what the client pays. */
export function valueLine(
  line: { priceMinor: number; quantity: string; vatCode: VatCode | null },
  rates: readonly VatRate[],
  country: Country,
  day: string,
): Amounts & { vatPercent: string | null } {
  const vatPercent = line.vatCode === null ? null : vatRateOn(rates, country, line.vatCode, day)
  return { vatPercent, ...lineAmounts({ ...line, vatPercent }) }
}
