/** The accountants' register of shipment (domain.md E8): what was sold, paid, shipped and documented, line by line. */
import { z } from 'zod'
import { formatDay } from '../domain/date-format.ts'
import { vatLabel } from '../domain/vat.ts'
import {
  readDiscrepancies,
  readRegister,
  type Discrepancy,
  type RegisterRow,
} from '../queries/reports/read-register.ts'
import {
  defineReport,
  defineSheet,
  type Column,
  type ReportContext,
  type ReportTerm,
  type ReportText,
} from './define-report.ts'

export const registerParams = z.object({
  /** Written by our own selection of lines, never by a form. */
  condition: z.string().min(1),
  order: z.string().min(1),
  /** The period of a scheduled register, in days. */
  period: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  /** The filter as the person who asked reads it. */
  words: z.array(z.object({ label: z.string(), value: z.string() })),
  rowsExpected: z.number().int(),
})

export type RegisterParams = z.infer<typeof registerParams>

const kinds: Record<RegisterRow['kind'], ReportText> = {
  service: { ru: 'услуга', en: 'service' },
  licence: { ru: 'лицензия', en: 'licence' },
  goods: { ru: 'товар', en: 'goods' },
}

const requestStates: Record<string, ReportText> = {
  queued: { ru: 'в очереди', en: 'queued' },
  sent: { ru: 'отправлен', en: 'sent' },
  done: { ru: 'отгружен', en: 'shipped' },
  failed: { ru: 'отказ', en: 'refused' },
  acknowledged: { ru: 'подтверждён', en: 'acknowledged' },
}

const columns: readonly Column<RegisterRow>[] = [
  {
    key: 'position',
    header: { ru: '№', en: 'No.' },
    width: 7,
    format: 'integer',
    value: (_row, place) => place.number,
  },
  {
    key: 'invoiceOn',
    header: { ru: 'Дата счёта', en: 'Invoice date' },
    width: 11,
    format: 'day',
    value: (row) => row.invoiceOn,
  },
  {
    key: 'invoiceNumber',
    header: { ru: '№ счёта', en: 'Invoice' },
    width: 17,
    format: 'code',
    value: (row) => row.invoiceNumber,
  },
  {
    key: 'organisation',
    header: { ru: 'Контрагент', en: 'Customer' },
    width: 34,
    format: 'text',
    value: (row) => row.organisation,
  },
  { key: 'taxId', header: { ru: 'ИНН', en: 'Tax ID' }, width: 14, format: 'code', value: (row) => row.taxId },
  { key: 'kpp', header: { ru: 'КПП', en: 'KPP' }, width: 11, format: 'code', value: (row) => row.kpp },
  {
    key: 'contract',
    header: { ru: 'Договор', en: 'Contract' },
    width: 14,
    format: 'code',
    value: (row) => row.contract,
  },
  {
    key: 'name',
    header: { ru: 'Наименование', en: 'Item' },
    width: 40,
    format: 'text',
    value: (row) => row.name,
  },
  {
    key: 'kind',
    header: { ru: 'Тип', en: 'Kind' },
    width: 10,
    format: 'text',
    value: (row, { language }) => kinds[row.kind][language],
  },
  {
    key: 'quantity',
    header: { ru: 'Кол-во', en: 'Qty' },
    width: 9,
    format: 'quantity',
    value: (row) => row.quantity,
    total: 'sum',
  },
  { key: 'unit', header: { ru: 'Ед.', en: 'Unit' }, width: 7, format: 'text', value: (row) => row.unit },
  {
    key: 'price',
    header: { ru: 'Цена', en: 'Price' },
    width: 13,
    format: 'money',
    value: (row) => row.priceMinor,
  },
  {
    key: 'net',
    header: { ru: 'Сумма без НДС', en: 'Net' },
    width: 15,
    format: 'money',
    value: (row) => row.netMinor,
    total: 'sum',
  },
  {
    key: 'vatPercent',
    header: { ru: 'Ставка', en: 'Rate' },
    width: 9,
    format: 'text',
    value: (row, { language }) => vatLabel(row.vatPercent, language),
  },
  {
    key: 'vat',
    header: { ru: 'НДС', en: 'VAT' },
    width: 13,
    format: 'money',
    value: (row) => row.vatMinor,
    total: 'sum',
  },
  {
    key: 'total',
    header: { ru: 'Всего', en: 'Total' },
    width: 15,
    format: 'money',
    value: (row) => row.totalMinor,
    total: 'sum',
  },
  {
    key: 'paidOn',
    header: { ru: 'Дата оплаты', en: 'Paid on' },
    width: 11,
    format: 'day',
    value: (row) => row.paidOn,
  },
  {
    key: 'paymentNumber',
    header: { ru: '№ п/п', en: 'Payment order' },
    width: 10,
    format: 'code',
    value: (row) => row.paymentNumber,
  },
  {
    key: 'shippedOn',
    header: { ru: 'Дата отгрузки', en: 'Shipped on' },
    width: 11,
    format: 'day',
    value: (row) => row.shippedOn,
  },
  {
    key: 'act',
    header: { ru: '№ и дата акта', en: 'Act' },
    width: 32,
    format: 'code',
    value: (row) => row.act,
  },
  {
    key: 'taxDocument',
    header: { ru: '№ УПД/СФ', en: 'Tax document' },
    width: 22,
    format: 'code',
    value: (row) => row.taxDocument,
  },
  {
    key: 'licence',
    header: { ru: '№ лицензии', en: 'Licence' },
    width: 17,
    format: 'code',
    value: (row) => row.licence,
  },
  {
    key: 'requestState',
    header: { ru: 'Статус 1С', en: 'Accounting' },
    width: 14,
    format: 'state',
    value: (row, { language }) =>
      row.requestState ? (requestStates[row.requestState]?.[language] ?? null) : null,
    tone: (row) => toneOf(row.requestState),
  },
  {
    key: 'externalNumber',
    header: { ru: '№ 1С', en: 'No. in 1C' },
    width: 13,
    format: 'code',
    value: (row) => row.externalNumber,
  },
  {
    key: 'manager',
    header: { ru: 'Менеджер', en: 'Manager' },
    width: 20,
    format: 'text',
    value: (row) => row.manager,
  },
]

function toneOf(state: string | null) {
  if (state === 'failed') return 'failed'
  if (state === 'done' || state === 'acknowledged') return 'done'
  return state === null ? null : 'mine'
}

const faults: Record<Discrepancy['fault'], ReportText> = {
  not_shipped: { ru: 'оплачено, не отгружено', en: 'paid, not shipped' },
  without_act: { ru: 'отгружено без акта', en: 'shipped without an act' },
  act_not_sent: { ru: 'акт не отправлен клиенту', en: 'act not sent to the client' },
  failed: { ru: 'отказ бухгалтерии', en: 'refused by accounting' },
}

const wanted = new Set([
  'invoiceOn',
  'invoiceNumber',
  'organisation',
  'taxId',
  'name',
  'total',
  'paidOn',
  'shippedOn',
  'manager',
])

const discrepancies = defineSheet<Discrepancy, RegisterParams, ReportContext>({
  name: { ru: 'Расхождения', en: 'Discrepancies' },
  columns: [
    {
      key: 'fault',
      header: { ru: 'Что не так', en: 'What is wrong' },
      width: 28,
      format: 'state',
      value: (row, { language }) => faults[row.fault][language],
      tone: (row) => (row.fault === 'failed' ? 'failed' : 'late'),
    },
    ...columns.filter(({ key }) => wanted.has(key)),
  ],
  rows: (params) => readDiscrepancies(params),
})

export const registerReport = defineReport({
  name: 'register',
  title: { ru: 'Реестр отгрузки', en: 'Shipment register' },
  params: registerParams,
  sheet: { ru: 'Реестр', en: 'Register' },
  fileName(params: RegisterParams, { now, timezone, language }: ReportContext) {
    const madeOn = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(now)
    const month = (params.period?.from ?? madeOn).slice(0, 7)
    return `${language === 'ru' ? 'Реестр' : 'Register'}_${month}_${madeOn}.xlsx`
  },
  columns,
  rows: (params) => readRegister(params),
  terms({ period, words }, { language }): ReportTerm[] {
    const none = language === 'ru' ? 'без условий' : 'no conditions'
    return [
      {
        label: { ru: 'Период', en: 'Period' },
        value: period ? `${formatDay(period.from, language)} – ${formatDay(period.to, language)}` : '—',
      },
      ...(words.length === 0
        ? [{ label: { ru: 'Фильтр', en: 'Filter' }, value: none }]
        : words.map(({ label, value }) => ({ label: { ru: label, en: label }, value }))),
    ]
  },
  sheets: [discrepancies],
})
