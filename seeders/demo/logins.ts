/** How to sign in to the demo offices. */
import { staff } from './people.ts'

/** Every demo account has it; the accounts exist only where the demo was seeded. */
export const demoPassword = 'demo-sever-2026'

/** One login of each role, to be printed at the start. */
export const demoLogins = staff.map(({ role, email }) => ({ role, email }))
