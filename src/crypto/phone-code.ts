/** The code of a text message: derived, so that it need not be kept to be sent, and recognised by its fingerprint. */
import { randomBytes } from 'node:crypto'
import { fingerprints } from './fingerprint.ts'

/** What is kept of a code. */
export type KeptCode = Readonly<{ userId: number; phone: string; salt: string; codePrint: string }>

const SPACE = 1_000_000n

const sixDigits = (print: string): string =>
  (BigInt(`0x${print.split('.')[1] ?? ''}`) % SPACE).toString().padStart(6, '0')

const sourceOf = ({ userId, phone, salt }: Omit<KeptCode, 'codePrint'>): string =>
  `${userId} ${phone} ${salt}`
const proofOf = (userId: number, code: string): string => `${userId} ${code.replaceAll(/\D/g, '')}`

export function newPhoneCode(userId: number, phone: string): KeptCode {
  const salt = randomBytes(16).toString('hex')
  const code = sixDigits(fingerprints().of('phone-code', sourceOf({ userId, phone, salt })))
  return { userId, phone, salt, codePrint: fingerprints().of('phone-code-proof', proofOf(userId, code)) }
}

export const isPhoneCode = ({ userId, codePrint }: KeptCode, code: string): boolean =>
  fingerprints().matches(codePrint, 'phone-code-proof', proofOf(userId, code))

/** The code itself, for the message; null when the key it was made with is gone. */
export const phoneCodeOf = (kept: KeptCode): string | null =>
  fingerprints()
    .all('phone-code', sourceOf(kept))
    .map(sixDigits)
    .find((code) => isPhoneCode(kept, code)) ?? null
