/** To accounting: what to ship, the table to fill in, the data for a machine, and the personal link to answer by. */
import { z } from 'zod'
import { answerFileName, answerJson, answerWorkbook, vatLabel } from '../../../src/reports/answer-workbook.ts'
import { formatDay, formatDayInFull, formatExactMoment } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { formatMoney, formatQuantity, formatSum, currencySymbol } from '../../../src/domain/money.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import { requestSheet, type RequestSheet } from '../../../src/queries/accounting/request-sheet.ts'
import { sampleSheet } from '../_sheet-sample.ts'

type Data = { sheet: RequestSheet; link: string; expiresAt: Date }

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const words = {
  ru: {
    subject: (number: string, name: string) => `Запрос в бухгалтерию №\u00a0${number}: ${name}`,
    preheader: (sum: string, day: string) => `Отгрузить ${day} на ${sum}`,
    heading: (number: string) => `Запрос в бухгалтерию №\u00a0${number}`,
    lead: 'Просим оформить отгрузку и сообщить номера и даты документов.',
    client: 'Клиент',
    contract: 'Договор',
    of: 'от',
    shipment: 'Дата отгрузки',
    asked: 'Запросил',
    name: 'Услуга или товар',
    sum: 'Сумма',
    vat: 'НДС',
    total: 'Итого',
    button: 'Открыть и ответить',
    hint: (until: string) =>
      `Ссылка личная, отвечает один раз, действует до ${until}. Учётная запись не нужна.`,
    ways: 'Можно и так: заполните жёлтые столбцы приложенной таблицы и загрузите её по той же ссылке. Файл JSON — те же данные для программы.',
    footer: (seller: string) =>
      `Письмо отправлено автоматически от имени ${seller}. Отвечать на него не нужно.`,
  },
  en: {
    subject: (number: string, name: string) => `Accounting request No. ${number}: ${name}`,
    preheader: (sum: string, day: string) => `To ship on ${day}: ${sum}`,
    heading: (number: string) => `Accounting request No. ${number}`,
    lead: 'Please arrange the shipment and tell us the numbers and dates of the documents.',
    client: 'Client',
    contract: 'Contract',
    of: 'of',
    shipment: 'Shipment date',
    asked: 'Requested by',
    name: 'Service or goods',
    sum: 'Amount',
    vat: 'VAT',
    total: 'Total',
    button: 'Open and answer',
    hint: (until: string) =>
      `The link is personal, answers once and works until ${until}. No account is needed.`,
    ways: 'Or fill in the yellow columns of the attached table and upload it by the same link. The JSON file holds the same data for a program.',
    footer: (seller: string) => `Sent automatically on behalf of ${seller}. Please do not reply.`,
  },
} as const satisfies Record<Language, unknown>

const vatOf = (percent: string | null, language: Language): string =>
  percent === null ? vatLabel(percent, language) : `${words[language].vat} ${vatLabel(percent, language)}`

const requisites = ({ organisation }: RequestSheet, language: Language): string => {
  const names = language === 'ru' ? ['ИНН', 'КПП'] : ['INN', 'KPP']
  const parts = [
    organisation.taxId && `${names[0]}\u00a0${organisation.taxId}`,
    organisation.kpp && `${names[1]}\u00a0${organisation.kpp}`,
  ]
  return [organisation.name, ...parts].filter(Boolean).join(', ')
}

export const accountingRequestMail = defineMail('accounting-request', {
  params: z.object({ requestId: z.int(), linkId: z.int() }),
  async load({ requestId }, { linkAddress, linkExpiresAt }): Promise<Data | null> {
    const sheet = await requestSheet(requestId)
    if (!sheet || !linkAddress || !linkExpiresAt) return null
    // Answered in the office before the letter has left.
    if (sheet.state !== 'queued' && sheet.state !== 'sent') return null
    return { sheet, link: linkAddress, expiresAt: linkExpiresAt }
  },
  letter({ sheet, link, expiresAt }, language) {
    const w = words[language]
    const until = formatExactMoment(expiresAt, sheet.seller.timezone, language).slice(0, -3)
    return {
      subject: w.subject(sheet.number, sheet.organisation.name),
      preheader: w.preheader(
        formatMoney(sheet.totalMinor, sheet.currency, language),
        formatDay(sheet.shipmentOn, language),
      ),
      heading: w.heading(sheet.number),
      blocks: [
        { kind: 'text', text: w.lead },
        {
          kind: 'facts',
          facts: [
            { name: w.client, value: requisites(sheet, language) },
            ...(sheet.contract
              ? [
                  {
                    name: w.contract,
                    value: `${sheet.contract.number} ${w.of} ${formatDay(sheet.contract.signedOn, language)}`,
                  },
                ]
              : []),
            { name: w.shipment, value: formatDayInFull(sheet.shipmentOn, language) },
            ...(sheet.requestedBy ? [{ name: w.asked, value: sheet.requestedBy }] : []),
          ],
        },
        {
          kind: 'lines',
          name: w.name,
          sum: `${w.sum}, ${currencySymbol(sheet.currency)}`,
          rows: sheet.lines.map((line) => ({
            name: line.name,
            note: `${formatQuantity(line.quantity, language)}\u00a0${line.unit} · ${vatOf(line.vatPercent, language)}`,
            sum: formatSum(line.totalMinor, language),
          })),
          total: { name: w.total, sum: formatSum(sheet.totalMinor, language) },
        },
        { kind: 'button', label: w.button, href: link, hint: w.hint(until) },
        { kind: 'note', tone: 'quiet', text: w.ways },
      ],
      footer: w.footer(sheet.seller.name),
    }
  },
  attachments: async ({ sheet }, language) => [
    {
      fileName: answerFileName(sheet, 'xlsx', language),
      mime: xlsx,
      content: await answerWorkbook(sheet, language),
    },
    {
      fileName: answerFileName(sheet, 'json', language),
      mime: 'application/json',
      content: answerJson(sheet),
    },
  ],
  sample: {
    sheet: sampleSheet,
    link: 'https://certdesk.example/l/1490-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
    expiresAt: new Date('2026-11-26T07:35:00Z'),
  },
})
