/** The code on its way to a phone: kept as a fingerprint, and made again for the one message that carries it. */
import { phoneCodeOf, type KeptCode } from '../../crypto/phone-code.ts'
import { row } from '../rows.ts'

export type PendingCode = KeptCode & Readonly<{ tries: number; sentAt: Date; expiresAt: Date }>

/** @param isLocked inside an operation that will change it */
export const pendingCode = (userId: number, isLocked = false): Promise<PendingCode | null> =>
  row<PendingCode>(
    `select user_id as "userId", phone, salt, code_print as "codePrint", tries, sent_at as "sentAt", expires_at as "expiresAt"
     from phone_codes where user_id = $userId${isLocked ? ' for update' : ''}`,
    { userId },
  )

/** The code of the message that was wished for at `sentAt`; null when another has replaced it. */
export async function codeToSend(userId: number, sentAt: string): Promise<string | null> {
  const pending = await pendingCode(userId)
  return pending && pending.sentAt.toISOString() === sentAt ? phoneCodeOf(pending) : null
}
