/** Whether the number of these papers was already found to be somebody else's. */
import type { Identity } from '../../models/identity.ts'
import { row } from '../rows.ts'
import { openFacts, printsOf } from './sealed-facts.ts'

/** Asked of every office: a number belongs to one person wherever they were checked. */
export async function isNumberTaken(identity: Identity): Promise<boolean> {
  const found = await row<{ taken: boolean }>(
    `select exists (select from identities where number_print = any ($prints::text[]) and user_id <> $userId
       and state in ('checked', 'confirmed')) as taken`,
    { prints: printsOf(openFacts(identity)), userId: identity.userId },
  )
  return found?.taken ?? false
}
