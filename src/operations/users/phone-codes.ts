/** A phone is proved by a code sent to it (S4-03): six digits, ten minutes, five tries; a new code ends the older. */
import { QueryTypes } from 'sequelize'
import { isPhoneCode, newPhoneCode } from '../../crypto/phone-code.ts'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { checkPhone } from '../../domain/requisites/contacts.ts'
import type { Country } from '../../domain/requisites/country.ts'
import { env } from '../../env.ts'
import { pendingCode } from '../../queries/users/phone-code.ts'
import { operation, type Context } from '../operation.ts'
import { sendSms } from '../sms/send-sms.ts'
import { ownAccount } from './own-account.ts'

const lifeMs = 10 * 60_000
/** A message may need half a minute to arrive: asked for sooner, it would be sent in vain. */
const pauseMs = 60_000
const mostTries = 5

/** @throws DomainError `invalid` at the phone, `sms-not-configured`, `phone-code-soon` */
export const sendPhoneCode = operation(
  'user.send-phone-code',
  async ({ actor, now }, input: { phone: string; country: Country }): Promise<{ expiresAt: Date }> => {
    const user = await ownAccount(actor)
    if (env().SMS_URL === undefined) throw new DomainError('sms-not-configured')
    const { value: phone, fault, extension } = checkPhone(input.phone, input.country)
    if (fault || extension !== null)
      throw new DomainError(
        'invalid',
        {},
        { phone: { code: 'phone-format', ...(fault?.params && { params: fault.params }) } },
      )
    const known = await pendingCode(user.id, true)
    const waitMs = known ? known.sentAt.getTime() + pauseMs - now.getTime() : 0
    if (waitMs > 0) throw new DomainError('phone-code-soon', { count: Math.ceil(waitMs / 1000) })
    const { salt, codePrint } = newPhoneCode(user.id, phone)
    const expiresAt = new Date(now.getTime() + lifeMs)
    await sequelize.query(
      `insert into phone_codes (user_id, phone, salt, code_print, sent_at, expires_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (user_id) do update set phone = excluded.phone, salt = excluded.salt, code_print = excluded.code_print,
         tries = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at`,
      { bind: [user.id, phone, salt, codePrint, now, expiresAt], type: QueryTypes.INSERT },
    )
    await sendSms({
      kind: 'phone-code',
      dedupKey: `phone-code-${user.id}-${now.getTime()}`,
      officeId: actor.officeId,
      phone,
      language: user.language,
      params: { userId: user.id, sentAt: now.toISOString() },
      now,
    })
    return { expiresAt }
  },
)

export type PhoneOutcome = Readonly<
  { outcome: 'confirmed' } | { outcome: 'wrong'; left: number } | { outcome: 'ended' }
>

const drop = (userId: number) =>
  sequelize.query('delete from phone_codes where user_id = $1', { bind: [userId] })

/** A wrong code is an outcome and no refusal, so that the try is not undone with it. */
export const confirmPhone = operation(
  'user.confirm-phone',
  async ({ actor, now }: Context, { code }: { code: string }): Promise<PhoneOutcome> => {
    const user = await ownAccount(actor)
    const pending = await pendingCode(user.id, true)
    if (!pending || pending.expiresAt <= now) {
      await drop(user.id)
      return { outcome: 'ended' }
    }
    if (isPhoneCode(pending, code)) {
      await user.update({ phone: pending.phone, phoneConfirmedAt: now })
      await drop(user.id)
      return { outcome: 'confirmed' }
    }
    const left = mostTries - pending.tries - 1
    if (left > 0)
      await sequelize.query('update phone_codes set tries = tries + 1 where user_id = $1', {
        bind: [user.id],
      })
    else await drop(user.id)
    return left > 0 ? { outcome: 'wrong', left } : { outcome: 'ended' }
  },
)
