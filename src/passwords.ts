/** Passwords: how they are hashed, checked and made; the only importer of argon2. */
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { mostLength } from './domain/password-rules.ts'

// OWASP's second argon2id profile: 19 MiB, two passes.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const work = { hashed: 0, checked: 0 }

/** How many passwords this process has hashed and checked: what guessing costs, and where it is seen first. */
export const passwordWork = (): Readonly<typeof work> => work

/** A PHC string; takes about 20 ms of a core, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  work.hashed += 1
  return hash(password.normalize('NFKC'), COST)
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  work.checked += 1
  return verify(passwordHash, password.normalize('NFKC').slice(0, mostLength))
}

let decoy: Promise<string> | undefined

/** Takes as long as a real check and always fails: an unknown address must not answer faster than a known one. */
export async function refusePassword(password: string): Promise<false> {
  await verifyPassword(await (decoy ??= hashPassword('nobody has this password')), password)
  return false
}

// Letters and digits nobody mistakes for each other when reading aloud.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to tell once and to change at the first sign-in, such as `kd7r-x2mp-wq9t-hb4n`: 79 bits. */
export const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-')
