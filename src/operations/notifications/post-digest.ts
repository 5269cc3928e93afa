/** Decides about one person's letter of one day: written when there is something to say, and decided once. */
import { QueryTypes } from 'sequelize'
import { sequelize } from '../../db/sequelize.ts'
import { DomainError } from '../../domain/errors.ts'
import { digestOf } from '../../queries/notifications/digest.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'

/** Whether a letter was posted. Two workers decide once: the row of the day is the claim. */
export const postDigest = operation(
  'notification.digest',
  async ({ actor, now }, { userId, day }: { userId: number; day: string }): Promise<boolean> => {
    if (actor.role !== 'system') throw new DomainError('forbidden')
    const claimed = await sequelize.query<{ day: string }>(
      `insert into notification_digests (user_id, day, claimed_at) values ($1, $2, $3)
       on conflict do nothing returning day`,
      { type: QueryTypes.SELECT, bind: [userId, day, now] },
    )
    if (claimed.length === 0) return false
    const digest = await digestOf(userId, day, now)
    if (!digest || (digest.unread === 0 && digest.total === 0)) return false
    const { actor: reader, email } = digest.reader
    const mail = await postMail({
      kind: 'daily-digest',
      dedupKey: `digest-${userId}-${day}`,
      officeId: reader.officeId,
      organisationId: reader.organisationId,
      recipient: email,
      recipientName: reader.name,
      language: reader.language,
      params: { userId, day },
    })
    await sequelize.query('update notification_digests set mail_id = $3 where user_id = $1 and day = $2', {
      type: QueryTypes.UPDATE,
      bind: [userId, day, mail.id],
    })
    return true
  },
)
