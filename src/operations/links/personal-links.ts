/** Personal links: made for one reader and one thing, kept as a hash, told apart when they are refused. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '../../env.ts'
import { DomainError } from '../../domain/errors.ts'
import { AccessLink } from '../../models/access-link.ts'
import { nextId } from '../numbering/next-id.ts'

type Purpose = AccessLink['purpose']

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

// Derived, not random: a letter that is rendered again after a crash must carry the same link, and the database
// must not hold what opens it.
function tokenOf(linkId: number, purpose: Purpose): string {
  const signature = createHmac('sha256', env().LINK_SECRET).update(`${purpose}:${linkId}`).digest('base64url')
  return `${linkId}-${signature}`
}

/** Makes a link in the ambient transaction. `revokeOlder` ends every earlier link to the same thing. */
export async function issueLink(link: {
  purpose: Purpose
  subjectId: number
  officeId: number | null
  recipient: string | null
  isSingleUse: boolean
  expiresAt: Date
  now: Date
  revokeOlder?: boolean
}): Promise<AccessLink> {
  const { now, revokeOlder, ...values } = link
  if (revokeOlder) {
    await AccessLink.update(
      { revokedAt: now },
      { where: { purpose: link.purpose, subjectId: link.subjectId, revokedAt: null, usedAt: null } },
    )
  }
  const id = await nextId('access_links')
  return AccessLink.create({ ...values, id, createdAt: now, tokenHash: hashOf(tokenOf(id, link.purpose)) })
}

/** The address a letter carries; the token is nowhere else. */
export function linkAddress(link: { id: number; purpose: Purpose }): string {
  return new URL(`/l/${tokenOf(link.id, link.purpose)}`, env().PUBLIC_URL).href
}

/**
 * Finds the link a token opens. The reason of a refusal is told, because the holder of a token has proved to be the reader.
 * @throws DomainError `link-unknown`, `link-revoked`, `link-used`, `link-expired`
 */
export async function openLink(
  token: string,
  now: Date,
  options: { lock?: boolean } = {},
): Promise<AccessLink> {
  const link = await AccessLink.findOne({ where: { tokenHash: hashOf(token) }, lock: options.lock ?? false })
  if (!link || !sameToken(token, tokenOf(link.id, link.purpose))) throw new DomainError('link-unknown')
  if (link.revokedAt) throw new DomainError('link-revoked')
  if (link.usedAt && link.isSingleUse) throw new DomainError('link-used')
  if (link.expiresAt <= now) throw new DomainError('link-expired')
  return link
}

function sameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
