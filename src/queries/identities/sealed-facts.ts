/** The one place where papers are closed and opened: nothing else knows how they lie in the database. */
import { fingerprints } from '../../crypto/fingerprint.ts'
import { seals } from '../../crypto/seal.ts'
import type { IdentityFacts } from '../../domain/identity.ts'
import type { Identity } from '../../models/identity.ts'

const placeOf = (userId: number) => ({ table: 'identities', column: 'sealed', row: userId })

// Two countries may give one number to two people.
const comparable = ({ country, number }: Pick<IdentityFacts, 'country' | 'number'>): string =>
  `${country} ${number}`

export const closeFacts = (
  userId: number,
  facts: IdentityFacts,
): { sealed: string; numberPrint: string } => ({
  sealed: seals().seal(JSON.stringify(facts), placeOf(userId)),
  numberPrint: fingerprints().of('identity-number', comparable(facts)),
})

export const openFacts = ({ userId, sealed }: Pick<Identity, 'userId' | 'sealed'>): IdentityFacts =>
  JSON.parse(seals().unseal(sealed, placeOf(userId))) as IdentityFacts

/** The fingerprint of the number in an opened value, under the current key: a rotation writes both together. */
export const printOf = (opened: string): string =>
  fingerprints().of('identity-number', comparable(JSON.parse(opened) as IdentityFacts))

/** What rows of the same number may hold, whichever key they were written under. */
export const printsOf = (facts: IdentityFacts): string[] =>
  fingerprints().all('identity-number', comparable(facts))
