/** The wish to send a letter: one row for one cause and reader, and the message that will send it. */
import { accountingBackOff, mailBackOff, type BackOff } from '../../domain/back-off.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { Mail } from '../../models/mail.ts'
import { tellOfMail } from './tell-of-mail.ts'

export type Letter = Readonly<{
  /** Name of the template in `templates/mails`. */
  kind: string
  /** The cause and the reader: a second letter with the same key is not written. */
  dedupKey: string
  officeId: number | null
  organisationId: number | null
  recipient: string | null
  recipientName?: string | null
  language: 'ru' | 'en'
  /** Ids the template loads its data by; never personal data. */
  params: Record<string, unknown>
  batchId?: number | null
}>

/**
 * Writes the letter in the ambient transaction. Without an address it is kept as `no_address`, visible to the staff
 * and never counted as sent. The letter of an earlier call with the same key is returned as it is.
 */
export async function postMail(letter: Letter): Promise<Mail> {
  const known = await Mail.findOne({ where: { dedupKey: letter.dedupKey } })
  if (known) return known
  const recipient = letter.recipient?.trim() || null
  const mail = await Mail.create({
    ...letter,
    recipient,
    recipientName: letter.recipientName ?? null,
    batchId: letter.batchId ?? null,
    state: recipient === null ? 'no_address' : 'waiting',
  })
  if (recipient !== null) await enqueueMail(mail)
  else await tellOfMail(mail, 'mail-no-address', mail.createdAt)
  return mail
}

/** How often a letter is tried: one to accounting is the request itself, and its client waits for the answer. */
export const backOffOf = ({ kind }: Pick<Mail, 'kind'>): BackOff =>
  kind === 'accounting-request' ? accountingBackOff : mailBackOff

/** The message that sends a letter; a later try by a person's will has a key of its own, made of the row's version. */
export async function enqueueMail(mail: Mail): Promise<void> {
  await enqueue(
    'mail.send',
    { key: mail.version === 0 ? `mail-${mail.id}` : `mail-${mail.id}-${mail.version}`, mailId: mail.id },
    {
      maxAttempts: backOffOf(mail).attempts,
      ...(mail.officeId !== null && { officeId: mail.officeId }),
      ...(mail.batchId !== null && { batchId: mail.batchId }),
    },
  )
}
