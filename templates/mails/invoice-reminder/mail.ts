/** To a client: an invoice is about to fall due, or has. Politer the earlier, plainer the later, never after payment. */
import { z } from 'zod'
import { formatDay, formatDayInFull } from '../../../src/domain/date-format.ts'
import type { Language } from '../../../src/domain/language.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { formatPhone } from '../../../src/domain/phone-text.ts'
import { defineMail } from '../../../src/mail/define-mail.ts'
import type { Block } from '../../../src/mail/letter.ts'
import { unpaidInvoice, type UnpaidInvoice } from '../../../src/queries/mails/letter-facts.ts'

type Step = 'before_3' | 'after_1' | 'after_7' | 'after_14'
type Data = { invoice: UnpaidInvoice; step: Step; link: string | null }

const words = {
  ru: {
    subject: {
      before_3: (number: string, day: string) => `Счёт №\u00a0${number} к оплате до ${day}`,
      after_1: (number: string, day: string) => `Счёт №\u00a0${number}: срок оплаты был ${day}`,
      after_7: (number: string) => `Счёт №\u00a0${number} не оплачен неделю после срока`,
      after_14: (number: string) => `Счёт №\u00a0${number} не оплачен две недели после срока`,
    },
    lead: {
      before_3:
        'Напоминаем, что подходит срок оплаты счёта. Если платёж уже отправлен, ничего делать не нужно.',
      after_1: 'Срок оплаты счёта наступил вчера, а деньги к нам ещё не поступили. Возможно, платёж в пути.',
      after_7:
        'Прошла неделя после срока оплаты, деньги пока не поступили. Если что-то мешает оплате, позвоните нам.',
      after_14:
        'Прошло две недели после срока оплаты. Оплатите, пожалуйста, счёт или сообщите, когда это будет сделано.',
    },
    heading: { before: 'Счёт скоро к оплате', after: 'Счёт ждёт оплаты' },
    late: (day: string) => `Срок оплаты прошёл ${day}.`,
    facts: {
      invoice: 'Счёт',
      of: 'от',
      payer: 'Плательщик',
      due: 'Оплатить до',
      rest: 'К оплате',
      total: 'Всего по счёту',
      payee: 'Получатель',
      ids: ['ИНН', 'КПП', 'БИН', 'УНП'],
      account: 'Расчётный счёт',
      bank: 'Банк',
      bic: 'БИК',
      correspondent: 'Корр. счёт',
      phone: 'Телефон',
    },
    pay: (number: string, day: string) => `Назначение платежа: «Оплата по счёту №\u00a0${number} от ${day}».`,
    button: 'Открыть счёт',
    hint: 'В счёте есть QR-код: наведите на него приложение банка, и платёж заполнится сам.',
    footer: (seller: string) =>
      `Письмо отправлено автоматически от имени ${seller}. После оплаты напоминаний не будет.`,
  },
  en: {
    subject: {
      before_3: (number: string, day: string) => `Invoice No. ${number} is due on ${day}`,
      after_1: (number: string, day: string) => `Invoice No. ${number} was due on ${day}`,
      after_7: (number: string) => `Invoice No. ${number} is a week overdue`,
      after_14: (number: string) => `Invoice No. ${number} is two weeks overdue`,
    },
    lead: {
      before_3:
        'A reminder that an invoice is about to fall due. If the payment is on its way, there is nothing to do.',
      after_1:
        'The invoice fell due yesterday and the money has not reached us yet. Perhaps it is on its way.',
      after_7:
        'A week has passed since the due day and the money has not come. If something stands in the way, please call us.',
      after_14: 'Two weeks have passed since the due day. Please pay the invoice or tell us when you will.',
    },
    heading: { before: 'An invoice is due soon', after: 'An invoice waits for payment' },
    late: (day: string) => `The due day was ${day}.`,
    facts: {
      invoice: 'Invoice',
      of: 'of',
      payer: 'Payer',
      due: 'Due on',
      rest: 'To pay',
      total: 'Invoice total',
      payee: 'Payee',
      ids: ['INN', 'KPP', 'BIN', 'UNP'],
      account: 'Account',
      bank: 'Bank',
      bic: 'BIC',
      correspondent: 'Correspondent account',
      phone: 'Phone',
    },
    pay: (number: string, day: string) => `Purpose of payment: “Invoice No. ${number} of ${day}”.`,
    button: 'Open the invoice',
    hint: 'The invoice has a QR code: point your bank’s app at it and the payment fills itself in.',
    footer: (seller: string) =>
      `Sent automatically on behalf of ${seller}. There are no reminders after payment.`,
  },
} as const satisfies Record<Language, unknown>

function facts({ invoice }: Data, language: Language): Block {
  const w = words[language].facts
  const { seller, bank } = invoice
  const rest = invoice.totalMinor - invoice.paidMinor
  const taxIdName = { RU: w.ids[0], KZ: w.ids[2], BY: w.ids[3] }[seller.country]
  const ids = [
    seller.taxId && `${taxIdName}\u00a0${seller.taxId}`,
    seller.kpp && `${w.ids[1]}\u00a0${seller.kpp}`,
  ]
  const money = (minor: number) => formatMoney(minor, invoice.currency, language)
  const rows: [string, string | null | undefined][] = [
    [w.invoice, `№\u00a0${invoice.number} ${w.of} ${formatDay(invoice.issuedOn, language)}`],
    [w.payer, invoice.customer],
    [w.due, formatDayInFull(invoice.dueOn, language)],
    [w.rest, money(rest)],
    [w.total, invoice.paidMinor > 0 ? money(invoice.totalMinor) : null],
    [w.payee, [seller.name, ...ids].filter(Boolean).join(', ')],
    [w.account, bank?.account],
    [w.bank, bank?.name],
    [w.bic, bank?.bic],
    [w.correspondent, bank?.correspondentAccount],
    [w.phone, seller.phone && formatPhone(seller.phone)],
  ]
  return { kind: 'facts', facts: rows.flatMap(([name, value]) => (value ? [{ name, value }] : [])) }
}

export const invoiceReminderMail = defineMail('invoice-reminder', {
  params: z.object({ invoiceId: z.int(), step: z.enum(['before_3', 'after_1', 'after_7', 'after_14']) }),
  async load({ invoiceId, step }, { linkAddress }): Promise<Data | null> {
    const invoice = await unpaidInvoice(invoiceId)
    return invoice && { invoice, step, link: linkAddress }
  },
  letter(data, language) {
    const w = words[language]
    const { invoice, step, link } = data
    const due = formatDay(invoice.dueOn, language)
    return {
      subject: w.subject[step](invoice.number, due),
      preheader: w.lead[step],
      heading: step === 'before_3' ? w.heading.before : w.heading.after,
      blocks: [
        { kind: 'text', text: w.lead[step] },
        ...(step === 'before_3'
          ? []
          : [{ kind: 'note', tone: step === 'after_14' ? 'fail' : 'warn', text: w.late(due) } as const]),
        facts(data, language),
        { kind: 'text', text: w.pay(invoice.number, formatDay(invoice.issuedOn, language)) },
        ...(link ? [{ kind: 'button', label: w.button, href: link, hint: w.hint } as const] : []),
      ],
      footer: w.footer(invoice.seller.name),
    }
  },
  sample: {
    step: 'after_7',
    link: 'https://certdesk.example/l/2210-Qm9sZGx5R29XaGVyZU5vT25lSGFzR29uZUJlZm9yZQ',
    invoice: {
      number: 'СЧ-2026-004412',
      issuedOn: '2026-11-06',
      dueOn: '2026-11-16',
      currency: 'RUB',
      totalMinor: 925_000,
      paidMinor: 135_000,
      customer: 'АО «Полюс-Сервис»',
      seller: {
        name: 'ООО «Аттестация»',
        taxId: '7705123456',
        kpp: '770501001',
        country: 'RU',
        phone: '+74951234567',
      },
      bank: {
        name: 'ПАО «Банк Пример», г. Москва',
        bic: '044525225',
        account: '40702810400000000001',
        correspondentAccount: '30101810400000000225',
      },
    },
  },
})
