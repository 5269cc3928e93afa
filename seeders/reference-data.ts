/** Reference data every installation needs; safe to run again: what is there stays as it is. */
import { sequelize } from '../src/db/sequelize.ts'
import { knownVatRates } from '../src/domain/vat.ts'

/** Fills the table of VAT rates on the first start; later changes of it belong to the administrator. */
export async function seedReferenceData(): Promise<void> {
  await sequelize.query(
    `insert into vat_rates (country, code, rate_percent, valid_from, valid_to)
     select country, code, "ratePercent"::numeric, "validFrom"::date, "validTo"::date
     from jsonb_to_recordset($1::jsonb)
       as r (country text, code text, "ratePercent" text, "validFrom" text, "validTo" text)
     where not exists (select from vat_rates)`,
    { bind: [JSON.stringify(knownVatRates)] },
  )
}
