/** To one person: what the bell tells, said so that anybody may see the phone, for those who wished to have it there. */
import { z } from 'zod'
import { sayBriefly } from '../../admin/locale/say-notification.ts'
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
  text: (told, language) => `certdesk: ${sayBriefly(language, told)}`,
  sample: { kind: 'request-refused', params: { number: '2026-0117', organisation: '', reason: '' } },
})
