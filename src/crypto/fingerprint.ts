/** Keyed fingerprints: tell whether two secrets are one without keeping either, where a bare hash could be tried out. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { env, type DataKey } from '../env.ts'

/** What is compared; the same text under another purpose has another fingerprint. */
export type Purpose =
  | 'identity-number'
  | 'phone-code'
  | 'phone-code-proof'
  | 'letter-code'
  | 'passkey-challenge'

export type Fingerprints = Readonly<{
  /** Under the current key: `<key id>.<64 hexadecimal digits>`. */
  of: (purpose: Purpose, value: string) => string
  /** Under every key of the ring: what an older row may hold of the same value. */
  all: (purpose: Purpose, value: string) => string[]
  /** In constant time. */
  matches: (fingerprint: string, purpose: Purpose, value: string) => boolean
}>

/** @param ring the keys of an installation, the current one first */
export function fingerprintsOf(ring: readonly DataKey[]): Fingerprints {
  const under = ({ id, key }: DataKey, purpose: Purpose, value: string): string => {
    // A key that seals is not used for anything else: each purpose gets one of its own made of it.
    const own = Buffer.from(hkdfSync('sha256', key, '', `fingerprint ${purpose}`, 32))
    return `${id}.${createHmac('sha256', own).update(value).digest('hex')}`
  }
  const all = (purpose: Purpose, value: string) => ring.map((key) => under(key, purpose, value))
  return {
    of: (purpose, value) => {
      const [current] = ring
      if (!current) throw new Error('a ring needs a key')
      return under(current, purpose, value)
    },
    all,
    matches: (fingerprint, purpose, value) => {
      const given = Buffer.from(fingerprint)
      return all(purpose, value).some(
        (one) => one.length === given.length && timingSafeEqual(Buffer.from(one), given),
      )
    },
  }
}

let own: Fingerprints | undefined

/** The fingerprints of this installation, with the keys of `DATA_KEYS`. */
export const fingerprints = (): Fingerprints => (own ??= fingerprintsOf(env().DATA_KEYS))
