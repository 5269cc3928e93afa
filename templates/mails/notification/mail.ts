/** To one person: what the bell tells, for those who wished to have it by mail at once. */
import { z } from 'zod'
import { translate } from '../../../admin/locale/index.ts'
import { sayNotification } from '../../../admin/locale/say-notification.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { notificationsOf } from '../../../src/queries/notifications/my-notifications.ts'
import { notificationReader } from '../../../src/queries/notifications/reader.ts'
import { settingsOf } from '../../../src/queries/screen-of.ts'

type Data = {
  kind: string
  params: Record<string, string | number> | null
  link: string | null
  settings: string
}

export const notificationMail = defineMail('notification', {
  params: z.object({ notificationId: z.int(), userId: z.int(), organisationId: z.int().nullable() }),
  async load({ notificationId, userId, organisationId }, { publicUrl }): Promise<Data | null> {
    const reader = await notificationReader(userId, organisationId)
    const [told] = reader ? await notificationsOf(reader.actor, [notificationId]) : []
    if (!reader || !told) return null
    return {
      kind: told.kind,
      params: told.params && { ...told.params },
      link: told.href && publicUrl + told.href,
      settings: publicUrl + settingsOf(reader.actor),
    }
  },
  letter({ kind, params, link, settings }, language) {
    const { title, detail } = sayNotification(language, { kind, params })
    const w = (key: string) => translate(language, `notifications.letter.${key}`, { settings })
    return {
      subject: title,
      preheader: detail || title,
      heading: title,
      blocks: [
        ...(detail ? [{ kind: 'text' as const, text: detail }] : []),
        ...(link ? [{ kind: 'button' as const, label: w('open'), href: link, hint: w('hint') }] : []),
      ],
      footer: w('footer'),
    }
  },
  sample: {
    kind: 'request-refused',
    params: {
      number: '2026-0117',
      organisation: 'ООО «Полюс»',
      reason: 'В счёте нет договора: пришлите номер договора и дату',
    },
    link: 'https://certdesk.example/admin/resources/accounting-requests/records/117/show',
    settings: 'https://certdesk.example/admin/pages/notifications',
  },
})
