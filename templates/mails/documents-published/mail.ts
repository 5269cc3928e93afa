/** To a client: papers are ready, one letter for all that were published together. */
import { z } from 'zod'
import { formatDay } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { plural } from '../../../src/domain/plural.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { readablePapers, sidesOf, type Paper } from '../../../src/queries/mails/letter-facts.ts'
import { paperNames } from '../../../src/queries/mails/paper-names.ts'

type Data = {
  customer: string
  seller: string
  papers: readonly Paper[]
  link: string
  expiresAt: Date | null
}

const count = {
  ru: (n: number) => `${n}\u00a0${plural(n, { one: 'документ', few: 'документа', many: 'документов' })}`,
  en: (n: number) => `${n}\u00a0${plural(n, { one: 'document', many: 'documents' })}`,
}

const words = {
  ru: {
    subject: (papers: string, seller: string) => `${papers} от ${seller}`,
    heading: 'Документы готовы',
    lead: (customer: string) => `Для ${customer} готовы документы. Их можно открыть и скачать по ссылке.`,
    cabinet: 'Ссылка ведёт в личный кабинет. Войдите с этой почтой.',
    name: 'Документ',
    sum: 'Сумма',
    of: 'от',
    button: 'Открыть документы',
    hint: (until: string) =>
      `Ссылка действует до ${until}. Не пересылайте её тем, кому документы не предназначены.`,
    footer: (seller: string) => `Письмо отправлено автоматически от имени ${seller}.`,
  },
  en: {
    subject: (papers: string, seller: string) => `${papers} from ${seller}`,
    heading: 'Your documents are ready',
    lead: (customer: string) => `Documents for ${customer} are ready. Open and download them by the link.`,
    cabinet: 'The link leads to your cabinet. Sign in with this address.',
    name: 'Document',
    sum: 'Sum',
    of: 'of',
    button: 'Open documents',
    hint: (until: string) =>
      `The link works until ${until}. Please do not forward it to those the documents are not for.`,
    footer: (seller: string) => `Sent automatically on behalf of ${seller}.`,
  },
} as const satisfies Record<Language, unknown>

const samplePaper = {
  currency: 'RUB' as const,
  pageCount: 1,
  seenAt: null,
  fileId: '00000000-0000-4000-8000-000000000000',
}

export const documentsPublishedMail = defineMail('documents-published', {
  params: z.object({ documentIds: z.array(z.int()).min(1) }),
  async load({ documentIds }, { linkAddress, linkExpiresAt, publicUrl }): Promise<Data | null> {
    const papers = await readablePapers(documentIds)
    const sides = papers[0] ? await sidesOf(papers[0].id) : null
    if (!sides) return null
    // No personal link was made: this reader opens papers in the cabinet.
    const link = linkAddress ?? `${publicUrl}/cabinet/resources/documents`
    return { ...sides, papers, link, expiresAt: linkExpiresAt }
  },
  letter({ customer, seller, papers, link, expiresAt }, language) {
    const w = words[language]
    return {
      subject: w.subject(count[language](papers.length), seller),
      preheader: w.lead(customer),
      heading: w.heading,
      blocks: [
        { kind: 'text', text: w.lead(customer) },
        {
          kind: 'lines',
          name: w.name,
          sum: w.sum,
          rows: papers.map((paper) => ({
            name: `${paperNames[language][paper.kind]} №\u00a0${paper.number}`,
            note: `${w.of} ${formatDay(paper.issuedOn, language)}`,
            sum: paper.totalMinor > 0 ? formatMoney(paper.totalMinor, paper.currency, language) : '',
          })),
          total: null,
        },
        {
          kind: 'button',
          label: w.button,
          href: link,
          hint: expiresAt ? w.hint(formatDay(expiresAt.toISOString().slice(0, 10), language)) : w.cabinet,
        },
      ],
      footer: w.footer(seller),
    }
  },
  sample: {
    customer: 'АО «Полюс-Сервис»',
    seller: 'ООО «Аттестация»',
    link: 'https://certdesk.example/l/2201-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
    expiresAt: new Date('2026-12-23T07:35:00Z'),
    papers: [
      {
        ...samplePaper,
        id: 1,
        kind: 'act',
        number: 'АКТ-2026-000778',
        issuedOn: '2026-11-23',
        totalMinor: 925_000,
      },
      {
        ...samplePaper,
        id: 2,
        kind: 'licence',
        number: 'ЛЦ-2026-000331',
        issuedOn: '2026-11-23',
        totalMinor: 135_000,
      },
      { ...samplePaper, id: 3, kind: 'upd', number: '778', issuedOn: '2026-11-23', totalMinor: 0 },
    ],
  },
})
