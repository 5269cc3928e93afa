/** To one person each morning: what waits, what is late, what failed, and what happened since the last letter. */
import { z } from 'zod'
import { translate } from '../../../admin/locale/index.ts'
import { sayNotification } from '../../../admin/locale/say-notification.ts'
import { formatDayOfYear } from '../../../src/domain/date-format.ts'
import { formatQuantity } from '../../../src/domain/money.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { digestOf } from '../../../src/queries/notifications/digest.ts'
import { homeOf, settingsOf } from '../../../src/queries/screen-of.ts'

type News = { kind: string; params: Record<string, string | number> | null }

type Data = {
  day: string
  isClient: boolean
  queue: readonly { kind: string; count: number }[]
  total: number
  overdue: number
  failed: number
  news: readonly News[]
  link: string
  settings: string
}

export const dailyDigestMail = defineMail('daily-digest', {
  params: z.object({ userId: z.int(), day: z.iso.date() }),
  async load({ userId, day }, { publicUrl, now }): Promise<Data | null> {
    const digest = await digestOf(userId, day, now)
    if (!digest) return null
    const { reader, queue, total, overdue, failed } = digest
    return {
      day,
      isClient: digest.isClient,
      queue,
      total,
      overdue,
      failed,
      news: digest.news.map(({ kind, params }) => ({ kind, params: params && { ...params } })),
      link: publicUrl + homeOf(reader.actor),
      settings: publicUrl + settingsOf(reader.actor),
    }
  },
  letter({ day, isClient, queue, total, overdue, failed, news, link, settings }, language) {
    const number = (value: number) => formatQuantity(String(value), language)
    const w = (key: string, params: Record<string, string | number> = {}) =>
      translate(language, `notifications.digest.${key}`, params)
    const on = formatDayOfYear(day, day, language)
    const counted = (key: string, count: number) => w(key, { count, many: number(count) })
    const sums = [
      ...(total > 0 ? [counted('waiting', total)] : []),
      ...(overdue > 0 ? [counted('overdue', overdue)] : []),
      ...(failed > 0 ? [counted('failed', failed)] : []),
      ...(news.length > 0 ? [counted('news', news.length)] : []),
    ].join(', ')
    const told = news.map((one) => sayNotification(language, one))
    return {
      subject: w('subject', { on, sums }),
      preheader: sums || w('heading', { on }),
      heading: w('heading', { on }),
      blocks: [
        ...(overdue + failed > 0
          ? [{ kind: 'note' as const, tone: 'warn' as const, text: w('look_first') }]
          : []),
        ...(queue.length > 0
          ? [
              { kind: 'text' as const, text: w('queue_title') },
              {
                kind: 'facts' as const,
                facts: queue.map(({ kind, count }) => ({
                  name: translate(language, `queue.${kind}.chip`),
                  value: number(count),
                })),
              },
            ]
          : []),
        ...(told.length > 0
          ? [
              { kind: 'text' as const, text: w('news_title') },
              {
                kind: 'facts' as const,
                facts: told.map(({ title, detail }) => ({ name: title, value: detail || '—' })),
              },
            ]
          : []),
        {
          kind: 'button',
          label: w(isClient ? 'open_cabinet' : 'open'),
          href: link,
          hint: translate(language, 'notifications.letter.hint'),
        },
      ],
      footer: translate(language, 'notifications.letter.footer', { settings }),
    }
  },
  sample: {
    day: '2026-11-23',
    isClient: false,
    queue: [
      { kind: 'request-refused', count: 1 },
      { kind: 'request-answered', count: 4 },
      { kind: 'lines-to-ship', count: 12 },
      { kind: 'invoice-overdue', count: 3 },
    ],
    total: 20,
    overdue: 3,
    failed: 1,
    news: [
      {
        kind: 'request-refused',
        params: { number: '2026-0117', organisation: 'ООО «Полюс»', reason: 'нет номера договора' },
      },
      { kind: 'invoices-overdue', params: { office: 'ООО «Север»', count: 3, fresh: 2 } },
    ],
    link: 'https://certdesk.example/admin',
    settings: 'https://certdesk.example/admin/pages/notifications',
  },
})
