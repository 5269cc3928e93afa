/** The letter with a code (S4-05): ordered by the person, printed and posted by the office, its code typed in the cabinet. */
import { isLetterCode, letterCodePrint, newLetterCode } from '../../crypto/letter-code.ts'
import { notifyDesk } from '../../db/notify-desk.ts'
import { addDays, endOfDay, today } from '../../domain/calendar.ts'
import { DomainError } from '../../domain/errors.ts'
import { checkPostalAddress } from '../../domain/postal-address.ts'
import { identityLetterStates } from '../../domain/states/identity-letter.ts'
import { env } from '../../env.ts'
import { Identity } from '../../models/identity.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { Organisation } from '../../models/organisation.ts'
import { User } from '../../models/user.ts'
import { authorise } from '../../policies/define-policy.ts'
import { closeAddress, openAddress } from '../../queries/identities/letter-address.ts'
import type { IdentityLetterData } from '../../../templates/documents/identity-letter/document.ts'
import { senderOf } from '../documents/compose-documents.ts'
import { nextId } from '../numbering/next-id.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation, type Context } from '../operation.ts'
import { ownAccount } from '../users/own-account.ts'
import { confirmed } from './confirm-identity.ts'
import { cancelLetterOf, endLetter, openLetterOf } from './end-letter.ts'
import { tellPerson } from './tell-person.ts'

/** A letter may be three weeks under way, and its reader on a journey. */
const lifeDays = 60
const mostTries = 5

/**
 * A new letter ends the older one with its code.
 * @throws DomainError `invalid` with the faults of the address, `identity-not-checked`
 */
export const orderIdentityLetter = operation(
  'identity-letter.order',
  async ({ actor, now }, typed: { postcode?: unknown; address?: unknown }): Promise<IdentityLetter> => {
    authorise(actor, 'order', IdentityLetter)
    const { id: userId } = await ownAccount(actor)
    const identity = await Identity.findOne({ where: { userId }, lock: true })
    if (identity?.state !== 'checked') throw new DomainError('identity-not-checked')
    const { address, faults } = checkPostalAddress(typed)
    if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults)
    await cancelLetterOf(userId, now)
    const id = await nextId('identity_letters')
    const { officeId, surname, name, patronymic } = identity
    const letter = await IdentityLetter.create({
      id,
      identityId: identity.id,
      userId,
      officeId,
      recipientName: [surname, name, patronymic].filter(Boolean).join(' '),
      sealed: closeAddress(id, address),
    })
    await notify({ kind: 'identity-letter-ordered', subjectId: id, officeId, now })
    await notifyDesk({ officeId, topic: 'counters' })
    return letter
  },
)

export const cancelIdentityLetter = operation('identity-letter.cancel', async ({ actor, now }) => {
  const { id: userId } = await ownAccount(actor)
  const letter = await openLetterOf(userId)
  if (!letter) throw new DomainError('not-found')
  authorise(actor, 'cancel', letter)
  await endLetter(letter, 'cancel', now)
  await notifyDesk({ officeId: letter.officeId, topic: 'counters' })
})

async function lock(id: number): Promise<IdentityLetter> {
  const letter = await IdentityLetter.findByPk(id, { lock: true })
  if (!letter) throw new DomainError('not-found')
  return letter
}

/**
 * Each print makes a code of its own: what was printed before, also a sheet that got stuck, opens nothing. What is
 * printed leaves this function once and is kept nowhere.
 */
export const printIdentityLetter = operation(
  'identity-letter.print',
  async ({ actor, now }, { letterId }: { letterId: number }): Promise<IdentityLetterData> => {
    const letter = await lock(letterId)
    authorise(actor, 'print', letter)
    const code = newLetterCode()
    const issuedOn = today(actor.timezone, now)
    // The paper names a day, which is good to its end.
    const until = addDays(issuedOn, lifeDays)
    await letter.update({
      state: identityLetterStates.next(letter.state, 'print'),
      codePrint: letterCodePrint(letter.id, code),
      tries: 0,
      printedAt: now,
      expiresAt: endOfDay(until, actor.timezone),
      postedAt: null,
    })
    const sender = await Organisation.findByPk(letter.officeId, { rejectOnEmpty: true, paranoid: false })
    const reader = await User.findByPk(letter.userId, { rejectOnEmpty: true, paranoid: false })
    await notifyDesk({ officeId: letter.officeId, topic: 'counters' })
    return {
      language: reader.language,
      number: String(letter.id),
      issuedOn,
      sender: senderOf(sender),
      recipient: letter.recipientName,
      ...openAddress(letter),
      code,
      until,
      site: new URL('/cabinet', env().PUBLIC_URL).href.replace(/^https?:\/\//, ''),
    }
  },
)

/** Handed to the post; the person hears of it. */
export const postIdentityLetter = operation(
  'identity-letter.post',
  async ({ actor, now }, { letterId }: { letterId: number }): Promise<IdentityLetter> => {
    const letter = await lock(letterId)
    authorise(actor, 'post', letter)
    await letter.update({ state: identityLetterStates.next(letter.state, 'post'), postedAt: now })
    await settleNotifications('identity_letters', [letter.id], now)
    await tellPerson('identity-letter-posted', letter, now)
    return letter
  },
)

export type EnteredCode = Readonly<
  { outcome: 'confirmed' } | { outcome: 'wrong'; left: number } | { outcome: 'ended' }
>

/**
 * Takes a try before it looks. A wrong code is an outcome and no refusal, so that the try is not undone with it.
 * @throws DomainError `no-letter` when none is under way
 */
export const enterLetterCode = operation(
  'identity-letter.enter',
  async (context: Context, { code }: { code: string }): Promise<EnteredCode> => {
    const { actor, now } = context
    authorise(actor, 'enter', IdentityLetter)
    const { id: userId } = await ownAccount(actor)
    const letter = await openLetterOf(userId)
    if (!letter?.codePrint || !letter.expiresAt) throw new DomainError('no-letter')
    const identity = await Identity.findByPk(letter.identityId, { lock: true, rejectOnEmpty: true })
    // Papers that were told anew since are other papers.
    if (letter.expiresAt <= now || identity.state !== 'checked') {
      await endLetter(letter, 'expire', now)
      return { outcome: 'ended' }
    }
    if (isLetterCode(letter.codePrint, letter.id, code)) {
      await endLetter(letter, 'use', now)
      await confirmed(context, identity, 'post')
      return { outcome: 'confirmed' }
    }
    const tries = letter.tries + 1
    letter.set({ tries })
    if (tries < mostTries) {
      await letter.save()
      return { outcome: 'wrong', left: mostTries - tries }
    }
    await endLetter(letter, 'expire', now)
    return { outcome: 'ended' }
  },
)
