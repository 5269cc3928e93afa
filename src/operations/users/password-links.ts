/** One-time links by which a person chooses a password: the first one, or another when it is forgotten. */
import { DomainError } from '../../domain/errors.ts'
import { AccessLink } from '../../models/access-link.ts'
import { User } from '../../models/user.ts'
import type { Side } from '../../policies/actor.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { issueLink, openLink } from '../links/personal-links.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'
import { putPassword } from './new-password.ts'
import { tellOwner } from './tell-owner.ts'

export type PasswordPurpose = 'first' | 'reset'

const HOUR = 3_600_000
const lasts: Readonly<Record<PasswordPurpose, number>> = { first: 7 * 24 * HOUR, reset: HOUR }
const purposeOf = { first: 'password_first', reset: 'password_reset' } as const
const purposes = Object.values(purposeOf)

export const isPasswordLink = ({ purpose }: AccessLink): boolean =>
  (purposes as readonly string[]).includes(purpose)

/** Ends every link to a password of this account that is still open. */
const revokeLinks = (userId: number, now: Date): Promise<unknown> =>
  AccessLink.update(
    { revokedAt: now },
    { where: { purpose: purposes, subjectId: userId, usedAt: null, revokedAt: null } },
  )

/**
 * Makes a link and, unless the caller writes a letter of its own, the letter that carries it. The link goes to the
 * account's own address and nowhere else, so whoever asks for it learns nothing; a newer one ends the older.
 * A letter of the caller's names it as `linkId` in its params.
 */
export const issuePasswordLink = operation(
  'user.issue-password-link',
  async (
    { now },
    {
      userId,
      purpose,
      hasOwnLetter = false,
    }: { userId: number; purpose: PasswordPurpose; hasOwnLetter?: boolean },
  ): Promise<AccessLink> => {
    const user = await User.findByPk(userId, { lock: true })
    if (!user || user.state === 'blocked') throw new DomainError('not-found')
    await revokeLinks(user.id, now)
    const link = await issueLink({
      purpose: purposeOf[purpose],
      subjectId: user.id,
      officeId: user.officeId,
      recipient: user.email,
      isSingleUse: true,
      expiresAt: new Date(now.getTime() + lasts[purpose]),
      now,
    })
    if (!hasOwnLetter) {
      await postMail({
        kind: 'password-link',
        dedupKey: `password-link-${link.id}`,
        officeId: user.officeId,
        organisationId: null,
        recipient: user.email,
        recipientName: `${user.name} ${user.surname}`,
        language: user.language,
        params: { linkId: link.id, userId: user.id, purpose },
      })
    }
    return link
  },
)

/** By which door the owner of the account comes in. */
export async function passwordSide({ subjectId }: AccessLink): Promise<Side> {
  const user = await User.findByPk(subjectId)
  return user?.role === 'client' ? 'client' : 'staff'
}

type Opened = Readonly<{ purpose: PasswordPurpose; user: User; link: AccessLink }>

/**
 * Whose password a token may set. @throws DomainError `link-unknown`, `link-revoked`, `link-used`, `link-expired`:
 * the holder of a token has proved to read the letters of this address, so the reason is told.
 */
export async function openPasswordLink(token: string, now: Date, lock = false): Promise<Opened> {
  const link = await openLink(token, now, { lock })
  const user = isPasswordLink(link) ? await User.findByPk(link.subjectId, { lock }) : null
  if (!user) throw new DomainError('link-unknown')
  if (user.state === 'blocked') throw new DomainError('link-revoked')
  return { link, user, purpose: link.purpose === 'password_first' ? 'first' : 'reset' }
}

/**
 * Uses a link up: the password is set, the address is confirmed, every session and every other link ends. A second
 * factor stays in force, so this signs nobody in.
 */
export const setPasswordByLink = operation(
  'user.set-password-by-link',
  async ({ now }, { token, password }: { token: string; password: string }): Promise<User> => {
    const { link, user, purpose } = await openPasswordLink(token, now, true)
    await putPassword(user, password, now)
    user.set({ emailConfirmedAt: user.emailConfirmedAt ?? now, state: 'active' })
    await user.save()
    await link.update({ usedAt: now })
    await revokeLinks(user.id, now)
    if (purpose === 'reset') await tellOwner(user, 'password', now)
    return user
  },
)

/**
 * Somebody says that they forgot the password of an address. The same rows are read and written whether the address
 * is known or not; the worker finds out, when nobody waits for the answer any more.
 */
export const requestRecovery = operation(
  'user.request-recovery',
  async (_context, { email, side }: { email: string; side: Side }): Promise<void> => {
    const user = await User.findOne({ where: { email: email.trim().toLowerCase() } })
    const isHere = user?.state === 'active' && (user.role === 'client') === (side === 'client')
    await enqueue('account.recover', { userId: isHere ? user.id : 0 })
  },
)
