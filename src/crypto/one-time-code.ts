/** One-time codes of six digits (TOTP): how a secret is made, told to a phone, and a code recognised. */
import { Secret, TOTP } from 'otpauth'

const PERIOD = 30

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: 'certdesk',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
  })

/** 160 bits in base32, as applications for codes take it by hand. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What the QR code says to the application; `login` tells two accounts apart. */
export const enrolmentAddress = (secret: string, login: string): string => totpOf(secret, login).toString()

/**
 * The number of the half minute a code belongs to, or null when it is none of now, the one before and the one after:
 * clocks differ, and people type slowly.
 */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const delta = totpOf(secret).validate({ token: digits, timestamp: now.getTime(), window: 1 })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD) + delta
}
