/** A notification leaves the house: the letter or text message a person wished for at once. */
import { DomainError } from '../../domain/errors.ts'
import { Notification } from '../../models/notification.ts'
import { notificationReader } from '../../queries/notifications/reader.ts'
import { postMail } from '../mails/post-mail.ts'
import { operation } from '../operation.ts'
import { sendSms } from '../sms/send-sms.ts'

/** Done twice it posts one letter: the key of the letter is the notification. */
export const deliverNotification = operation(
  'notification.deliver',
  async ({ actor, now }, { notificationId }: { notificationId: number }) => {
    if (actor.role !== 'system') throw new DomainError('forbidden')
    const notification = await Notification.findByPk(notificationId)
    // Read meanwhile, or deleted as old: a letter would tell nothing new.
    if (!notification || notification.readAt !== null) return
    const reader = await notificationReader(notification.recipientId, notification.organisationId)
    if (!reader) return
    const params = {
      notificationId: notification.id,
      userId: notification.recipientId,
      organisationId: notification.organisationId,
    }
    if (notification.sms)
      await sendSms({
        kind: 'notification',
        dedupKey: `notification-${notification.id}`,
        officeId: notification.officeId,
        phone: reader.phone,
        language: reader.actor.language,
        params,
        now,
      })
    if (notification.email === 'now')
      await postMail({
        kind: 'notification',
        dedupKey: `notification-${notification.id}`,
        officeId: notification.officeId,
        organisationId: notification.organisationId,
        recipient: reader.email,
        recipientName: reader.actor.name,
        language: reader.actor.language,
        params,
      })
  },
)
