/** What happens to an account when its password becomes another: checked, hashed, older doors shut, its owner told. */
import { isCommonPassword } from '../../crypto/common-passwords.ts'
import { DomainError } from '../../domain/errors.ts'
import { leastLength, mostLength, unmetRules, type Audience } from '../../domain/password-rules.ts'
import type { User } from '../../models/user.ts'
import { hashPassword } from '../../passwords.ts'
import { audienceOf } from './own-account.ts'

const tooShort = (audience: Audience): DomainError =>
  new DomainError('password-too-short', { count: leastLength[audience] })

/** @throws DomainError saying the first thing that is wrong with a password nobody has yet */
async function checkPassword(
  password: string,
  { email }: { email: string },
  audience: Audience,
): Promise<void> {
  if (password.length > mostLength) throw new DomainError('password-too-long', { count: mostLength })
  const [unmet] = unmetRules(password, audience)
  if (unmet?.startsWith('length')) throw tooShort(audience)
  if (unmet) throw new DomainError(`password-${unmet}`)
  const name = email.toLowerCase().split('@')[0] ?? email
  if (name.length > 2 && password.toLowerCase().includes(name)) throw new DomainError('password-has-name')
  if (new Set(password.toLowerCase()).size < 5) throw new DomainError('password-too-plain')
  if (await isCommonPassword(password)) throw new DomainError('password-common')
}

/** The hash of a password nobody has yet, after it was looked at. @throws DomainError saying what is wrong with it */
export async function hashNewPassword(password: string, email: string, audience: Audience): Promise<string> {
  await checkPassword(password, { email }, audience)
  return hashPassword(password)
}

/**
 * Puts a new password into a locked account and ends all its sessions; the caller saves it, with whatever else changes.
 * @throws DomainError
 */
export async function putPassword(user: User, password: string, now: Date): Promise<void> {
  const passwordHash = await hashNewPassword(password, user.email, audienceOf(user))
  user.set({
    passwordHash,
    passwordChangedAt: now,
    mustChangePassword: false,
    sessionVersion: user.sessionVersion + 1,
  })
}
