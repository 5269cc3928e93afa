/** To one person: the title of what the bell tells, for those who wished to have it on their phone. */
import { z } from 'zod'
import { sayNotification } from '../../admin/locale/say-notification.ts'
import { notificationsOf } from '../../src/queries/notifications/my-notifications.ts'
import { notificationReader } from '../../src/queries/notifications/reader.ts'
import { defineSms } from '../../src/sms/define-sms.ts'

type Data = { kind: string; params: Record<string, string | number> | null }

export const notificationSms = defineSms('notification', {
  params: z.object({ notificationId: z.int(), userId: z.int(), organisationId: z.int().nullable() }),
  async load({ notificationId, userId, organisationId }): Promise<Data | null> {
    const reader = await notificationReader(userId, organisationId)
    const [told] = reader ? await notificationsOf(reader.actor, [notificationId]) : []
    return told ? { kind: told.kind, params: told.params && { ...told.params } } : null
  },
  text: (told, language) => `certdesk: ${sayNotification(language, told).title}`,
  sample: { kind: 'request-refused', params: { number: '2026-0117', organisation: '', reason: '' } },
})
