/** Staff hear of a letter in trouble; of a letter that is itself a notification only the list of letters tells. */
import type { Mail } from '../../models/mail.ts'
import { notify } from '../notifications/notify.ts'

/** A letter about a notification must not make another one. */
const aboutNotifications = new Set(['notification', 'daily-digest'])

/** In the ambient transaction of the change it tells of. */
export async function tellOfMail(
  mail: Mail,
  kind: 'mail-failed' | 'mail-uncertain' | 'mail-no-address',
  now: Date,
): Promise<void> {
  if (aboutNotifications.has(mail.kind)) return
  // Its request fails with it and is told of as a request.
  if (mail.kind === 'accounting-request' && kind === 'mail-failed') return
  await notify({
    kind,
    subjectId: mail.id,
    occasion: mail.version,
    officeId: mail.officeId,
    authorId: mail.createdBy,
    now,
  })
}
