/** Fills the migrated database it is given with the demo office, and ends. */
import { seedDemoOffice } from '../../seeders/demo-office.ts'
import { seedReferenceData } from '../../seeders/reference-data.ts'
import { closeDatabase } from '../../src/db/pool.ts'

await seedReferenceData()
await seedDemoOffice()
await closeDatabase()
