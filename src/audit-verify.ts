/** The program `npm run audit:verify`: walks the chain of the audit trail and names the first row that does not hold. */
import { closeDatabase } from './db/pool.ts'
import { verifyAuditTrail, type BrokenSeal } from './operations/audit-chain.ts'

const rowOf = ({ eventId, position }: BrokenSeal): string =>
  eventId === null ? `audit_seals ${position ?? ''}` : `audit_events ${eventId}`

const { verified, broken, head } = await verifyAuditTrail()
await closeDatabase()

if (broken === null) {
  console.log(`The audit trail holds: ${verified} events, each sealed by the one before it.`)
  if (head !== null) console.log(`Last seal: ${head}`)
} else {
  console.error(
    `The audit trail is broken at ${rowOf(broken)}: ${broken.fault}. ${verified} events before it hold.`,
  )
  if (broken.fault === 'event-unsealed')
    console.error(
      'Events are sealed by a worker each minute: either none has run since, or a seal was cut off.',
    )
  process.exitCode = 1
}
