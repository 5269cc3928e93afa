/** Reference data every installation needs; safe to run again: what is there stays as it is. */
import { sequelize } from '../src/db/sequelize.ts'
import { up as seedVatRates } from './reference/20261123000000-vat-rates.ts'
import { up as seedAgreement } from './reference/20261126000000-agreement.ts'

/** The same as `sequelize db:seed:all`, without its program. */
export async function seedReferenceData(): Promise<void> {
  const db = sequelize.getQueryInterface()
  await seedVatRates(db)
  await seedAgreement(db)
}
