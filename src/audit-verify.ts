/** The program `npm run audit:verify`: walks the chain of the audit trail and names the first row that does not hold. */
import { closeDatabase } from './db/pool.ts'
import { sealAuditTrail, verifyAuditTrail } from './operations/audit-chain.ts'

await sealAuditTrail()
const { verified, broken } = await verifyAuditTrail()
await closeDatabase()

if (broken === null) {
  console.log(`The audit trail holds: ${verified} events, each sealed by the one before it.`)
} else {
  const row = broken.eventId === null ? `seal ${broken.position ?? ''}` : `audit_events ${broken.eventId}`
  console.error(`The audit trail is broken at ${row}: ${broken.fault}. ${verified} events before it hold.`)
  process.exitCode = 1
}
