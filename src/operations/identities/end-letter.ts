/** Ends a letter with a code: used, cancelled or out of date, it opens nothing any more. */
import { identityLetterStates } from '../../domain/states/identity-letter.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'

const openStates = identityLetterStates.statesWhere('cancel')

/** The one letter of a person that is under way, locked. */
export const openLetterOf = (userId: number): Promise<IdentityLetter | null> =>
  IdentityLetter.findOne({ where: { userId, state: openStates }, lock: true })

/** In the ambient transaction; nobody is asked to print or post it any more. */
export async function endLetter(
  letter: IdentityLetter,
  event: 'cancel' | 'use' | 'expire',
  now: Date,
): Promise<void> {
  letter.set({ state: identityLetterStates.next(letter.state, event), endedAt: now })
  await letter.save()
  await settleNotifications('identity_letters', [letter.id], now)
}

/** Whatever was under way: other papers, or another way was taken. */
export async function cancelLetterOf(userId: number, now: Date): Promise<void> {
  const letter = await openLetterOf(userId)
  if (letter) await endLetter(letter, 'cancel', now)
}
