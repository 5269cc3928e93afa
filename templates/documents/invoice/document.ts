/** Owns the invoice for payment: a bank block as on a payment order, lines, the sum in words, a code to pay by. */
import { z } from 'zod'
import { formatSum } from '../../../src/domain/money.ts'
import { defineDocument } from '../../../src/documents/define-document.ts'
import {
  bank,
  billed,
  day,
  isBalanced,
  party,
  reference,
  signatory,
  unbalanced,
  verification,
  type Party,
} from '../_shapes.ts'
import {
  billedSheet,
  bound,
  codesOf,
  contactsOf,
  letterhead,
  longDay,
  named,
  shortDay,
  signature,
  verificationSheet,
} from '../_wording.ts'
import { paymentCode } from './payment-code.ts'
import { invoiceSamples } from './samples.ts'

const schema = z
  .strictObject({
    number: z.string().min(1),
    issuedOn: day,
    dueOn: day,
    seller: party.extend({ bank }),
    customer: party,
    contract: reference.optional(),
    /** KZ: payment purpose code (КНП). */
    paymentPurposeCode: z.string().min(1).optional(),
    ...billed,
    head: signatory,
    accountant: signatory.optional(),
    verification: verification.optional(),
  })
  .refine(isBalanced, unbalanced)

export type InvoiceData = z.infer<typeof schema>

export const invoiceDocument = defineDocument<InvoiceData>('invoice', {
  version: 2,
  template: '/invoice/document.typ',
  schema,
  samples: invoiceSamples,
  fileName: ({ number, issuedOn }) => `Счёт ${number} от ${shortDay(issuedOn)}.pdf`,
  issuedOn: ({ issuedOn }) => issuedOn,
  codes,
  sheet: (data) => ({
    title: `Счёт на оплату №\u00a0${data.number} от ${longDay(data.issuedOn)}`,
    footer: `Счёт №\u00a0${data.number} от ${shortDay(data.issuedOn)}`,
    ...(data.verification && { check: verificationSheet(data.verification) }),
    letterhead: letterhead(data.seller),
    /** Millimetres for the codes: twenty figures in Russia, an IBAN elsewhere. */
    payment: { rows: paymentRows(data), width: data.seller.country === 'RU' ? 40 : 58 },
    facts: [
      ['Поставщик', inOneLine(data.seller)],
      ['Покупатель', inOneLine(data.customer)],
      ['Основание', data.contract ? named(data.contract) : ''],
      ['Оплатить до', `${longDay(data.dueOn)} включительно`],
      ['Назначение', purposeOf(data)],
    ].filter(([, fact]) => fact !== ''),
    bill: billedSheet(data, 'Всего к оплате'),
    notes: [
      'Оплата счёта означает согласие с условиями поставки. В назначении платежа укажите номер и дату счёта.',
    ],
    signatures: [data.head, ...(data.accountant ? [data.accountant] : [])].map((place) =>
      signature('', '', place),
    ),
  }),
})

function codes(data: InvoiceData): Record<string, string> {
  const payment = paymentCode(data.seller, data.totalMinor, purposeOf(data))
  return {
    ...(data.verification && { verification: data.verification.link }),
    ...(payment !== undefined && { payment }),
  }
}

/** The words the payer is asked to put into the order; they fit the 210 characters a bank takes. */
export function purposeOf({ number, issuedOn, vatMinor }: InvoiceData): string {
  const vat = vatMinor === 0 ? 'Без НДС' : `В том числе НДС ${formatSum(vatMinor)}`
  return `Оплата по счёту № ${number} от ${shortDay(issuedOn)}. ${vat}`
}

function inOneLine(party: Party): string {
  return [bound(party.name), codesOf(party), bound(party.address ?? ''), contactsOf(party)]
    .filter(Boolean)
    .join(', ')
}

type PaymentRow = { what: string; caption: string; span: number; label: string; value: string }

/** The bank block row by row; an empty `what` continues the cell above. */
function paymentRows({ seller, paymentPurposeCode }: InvoiceData): PaymentRow[] {
  const { bank } = seller
  const receiver = [seller.name, codesOf({ ...seller, registrationNumber: undefined })]
    .filter(Boolean)
    .join('\n')
  if (seller.country === 'KZ')
    return [
      row(2, receiver, 'Бенефициар', 'ИИК', bank.account),
      row(1, '', '', 'Кбе', bank.beneficiaryCode ?? '—'),
      row(2, bank.name, 'Банк бенефициара', 'БИК', bank.bic),
      row(1, '', '', 'КНП', paymentPurposeCode ?? '—'),
    ]
  if (seller.country === 'BY')
    return [
      row(1, bank.name, 'Банк получателя', 'БИК', bank.bic),
      row(1, receiver, 'Получатель', 'Р/с', bank.account),
    ]
  return [
    row(2, bank.name, 'Банк получателя', 'БИК', bank.bic),
    row(1, '', '', 'Сч. №', bank.correspondentAccount ?? '—'),
    row(1, receiver, 'Получатель', 'Сч. №', bank.account),
  ]
}

function row(span: number, what: string, caption: string, label: string, value: string): PaymentRow {
  return { what, caption, span, label, value }
}
