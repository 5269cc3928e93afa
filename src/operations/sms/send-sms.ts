/** The wish to send a text message: one row for one cause and reader, and the message that will send it. */
import { isE164 } from '../../domain/sms-text.ts'
import { smsStates } from '../../domain/states/sms.ts'
import { Sms } from '../../models/sms.ts'
import { enqueue } from '../../queue/enqueue.ts'

export type SmsWish = Readonly<{
  /** Name of the definition in `templates/sms`. */
  kind: string
  /** The cause and the reader: a second wish with the same key is not written. */
  dedupKey: string
  officeId: number | null
  /** E.164; anything else counts as no phone. */
  phone: string | null
  language: 'ru' | 'en'
  /** Ids the text is loaded by; never the text, a code or a name. */
  params: Record<string, unknown>
  now: Date
}>

/** In the ambient transaction. Without a phone it is kept as `no_phone`, never counted as sent. */
export async function sendSms({ now, phone, ...wish }: SmsWish): Promise<Sms> {
  const known = await Sms.findOne({ where: { dedupKey: wish.dedupKey } })
  if (known) return known
  const number = phone !== null && isE164(phone) ? phone : null
  const sms = await Sms.create({
    ...wish,
    phone: number,
    createdAt: now,
    state: number === null ? smsStates.next(smsStates.initial, 'miss_phone') : smsStates.initial,
  })
  if (number !== null)
    await enqueue(
      'sms.send',
      { key: `sms-${sms.id}`, smsId: sms.id },
      sms.officeId === null ? {} : { officeId: sms.officeId },
    )
  return sms
}
