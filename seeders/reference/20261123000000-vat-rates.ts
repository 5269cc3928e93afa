/** The history of VAT rates: filled in once, kept by the administrator afterwards. */
import type { QueryInterface } from 'sequelize'
import { knownVatRates } from '../../src/domain/vat.ts'

export const up = (db: QueryInterface) =>
  db.sequelize.query(
    `insert into vat_rates (country, code, rate_percent, valid_from, valid_to)
     select country, code, "ratePercent"::numeric, "validFrom"::date, "validTo"::date
     from jsonb_to_recordset($1::jsonb)
       as r (country text, code text, "ratePercent" text, "validFrom" text, "validTo" text)
     where not exists (select from vat_rates)`,
    { bind: [JSON.stringify(knownVatRates)] },
  )

export const down = (db: QueryInterface) => db.sequelize.query('delete from vat_rates')
