/** To an accountant: the register made on schedule, by a link that lives as long as the file. */
import { z } from 'zod'
import { formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { formatQuantity } from '../../../src/domain/money.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { madeRegister, type MadeRegister } from '../../../src/queries/mails/letter-facts.ts'

type Data = { register: MadeRegister; link: string }

const words = {
  ru: {
    subject: (name: string) => `Реестр для бухгалтерии: ${name}`,
    heading: 'Реестр готов',
    lead: 'Реестр услуг сформирован по расписанию.',
    file: 'Файл',
    rows: 'Строк',
    made: 'Сформирован',
    size: (kilobytes: string) => `${kilobytes}\u00a0КБ`,
    button: 'Скачать реестр',
    hint: (until: string) => `Файл хранится до ${until}, потом его можно сформировать заново.`,
    footer: 'Письмо отправлено по расписанию, которое настроил администратор.',
  },
  en: {
    subject: (name: string) => `Register for accounting: ${name}`,
    heading: 'The register is ready',
    lead: 'The register of services was made on schedule.',
    file: 'File',
    rows: 'Rows',
    made: 'Made',
    size: (kilobytes: string) => `${kilobytes}\u00a0KB`,
    button: 'Download the register',
    hint: (until: string) => `The file is kept until ${until}; afterwards it can be made anew.`,
    footer: 'Sent on the schedule an administrator has set.',
  },
} as const satisfies Record<Language, unknown>

export const registerMail = defineMail('register', {
  params: z.object({ exportId: z.int() }),
  async load({ exportId }, { linkAddress }): Promise<Data | null> {
    const register = await madeRegister(exportId)
    return register && linkAddress ? { register, link: linkAddress } : null
  },
  letter({ register, link }, language) {
    const w = words[language]
    const moment = (at: Date) => formatExactMoment(at, register.timezone, language).slice(0, -3)
    const size = w.size(formatQuantity(String(Math.ceil(register.size / 1024)), language))
    return {
      subject: w.subject(register.fileName),
      preheader: w.lead,
      heading: w.heading,
      blocks: [
        { kind: 'text', text: w.lead },
        {
          kind: 'facts',
          facts: [
            { name: w.file, value: `${register.fileName}, ${size}` },
            ...(register.rows === null
              ? []
              : [{ name: w.rows, value: formatQuantity(String(register.rows), language) }]),
            ...(register.finishedAt ? [{ name: w.made, value: moment(register.finishedAt) }] : []),
          ],
        },
        { kind: 'button', label: w.button, href: link, hint: w.hint(moment(register.expiresAt)) },
      ],
      footer: w.footer,
    }
  },
  sample: {
    link: 'https://certdesk.example/l/2230-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
    register: {
      fileName: 'Реестр_2026-11_2026-11-22.xlsx',
      size: 1_843_200,
      rows: 12_480,
      finishedAt: new Date('2026-11-22T03:00:12Z'),
      expiresAt: new Date('2026-11-29T03:00:12Z'),
      timezone: 'Europe/Moscow',
    },
  },
})
