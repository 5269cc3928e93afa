/** A letter to the owner of an account whenever what opens it changes: the way a theft is noticed. */
import type { User } from '../../models/user.ts'
import { postMail } from '../mails/post-mail.ts'

export const accountChanges = [
  'password',
  'factor-on',
  'factor-off',
  'factor-reset',
  'codes-renewed',
  'passkey-added',
  'passkey-removed',
] as const
export type AccountChange = (typeof accountChanges)[number]

/** Writes the letter in the ambient transaction. */
export const tellOwner = (user: User, change: AccountChange, now: Date): Promise<unknown> =>
  postMail({
    kind: 'account-changed',
    dedupKey: `account-${change}-${user.id}-${now.getTime()}`,
    officeId: user.officeId,
    organisationId: null,
    recipient: user.email,
    recipientName: `${user.name} ${user.surname}`,
    language: user.language,
    params: { userId: user.id, change, at: now.toISOString() },
  })
