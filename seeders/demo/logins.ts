/** How to sign in to the demo offices. */
import { clientPeople, staff } from './people.ts'

/** Every demo account has it; the accounts exist only where the demo was seeded. */
export const demoPassword = 'demo-sever-2026'

/** One login of each role by the door it opens, to be printed at the start. */
export const demoLogins = {
  '/admin': staff.map(({ role, email }) => ({ role, email })),
  '/cabinet': clientPeople.slice(0, 3).map(({ places, email }) => ({ role: places[0].role, email })),
} as const
