/** Where a letter goes: closed when it is ordered, opened when it is printed. */
import { seals } from '../../crypto/seal.ts'
import type { PostalAddress } from '../../domain/postal-address.ts'

const placeOf = (letterId: number) => ({ table: 'identity_letters', column: 'sealed', row: letterId })

export const closeAddress = (letterId: number, address: PostalAddress): string =>
  seals().seal(JSON.stringify(address), placeOf(letterId))

export const openAddress = ({ id, sealed }: { id: number; sealed: string }): PostalAddress =>
  JSON.parse(seals().unseal(sealed, placeOf(id))) as PostalAddress
