/** Owns a realistic register for the tests and the bench: the columns accountants ask for and made-up rows. */
import { z } from 'zod'
import {
  defineReport,
  defineSheet,
  type CellTone,
  type Column,
  type ReportContext,
} from '../src/reports/define-report.ts'

export type SampleRow = {
  issuedOn: string
  invoice: string
  party: string
  inn: string
  kpp: string
  contract: string
  item: string
  kind: string
  quantity: number
  unit: string
  priceMinor: number
  netMinor: number
  rate: number | string
  vatMinor: number
  totalMinor: number
  paidOn: string | null
  payment: string
  shippedOn: string | null
  act: string
  transfer: string
  licence: string
  state: string
  ledger: string
  manager: string
}

const PARTIES = [
  'Общество с ограниченной ответственностью «Северные технологии»',
  'ООО «Вологодский металлообрабатывающий завод № 3»',
  'Индивидуальный предприниматель Кузнецова Анна Сергеевна',
  'АО «Научно-производственное объединение „Прибор“»',
  'ТОО «Қазақ сертификат орталығы»',
  'ЗАО «Минский часовой завод»',
]
const ITEMS: readonly (readonly [string, string, string, number])[] = [
  ['Абонентское обслуживание удостоверяющего центра, тариф «Базовый», 12 мес.', 'услуга', 'мес', 104_500],
  ['Право использования СКЗИ «КриптоПро CSP» версии 5.0 на одном рабочем месте', 'лицензия', 'шт', 270_000],
  ['Носитель ключевой информации Рутокен ЭЦП 3.0 (64 КБ)', 'товар', 'шт', 243_533],
  ['Выпуск сертификата электронной подписи сотрудника', 'услуга', 'усл', 180_000],
]
const MANAGERS = ['Ким Марина Олеговна', 'Орлов Д. В.', 'Тулегенова А. К.']
const STATES = ['Проведён', 'Ожидает ответа', 'Ошибка: нет контрагента', 'Не отправлялся']

const DAYS = Array.from({ length: 330 }, (_, index) =>
  new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString().slice(0, 10),
)

/** The same row for the same number, in every process. */
export function sampleRow(number: number): SampleRow {
  const [item, kind, unit, priceMinor] = ITEMS[number % ITEMS.length]!
  const quantity = kind === 'услуга' ? 1 + (number % 12) : (number % 40) + (number % 7 === 0 ? 0.5 : 0)
  const refund = number % 29 === 0 ? -1 : 1
  const netMinor = refund * Math.round(priceMinor * quantity)
  const taxed = kind !== 'лицензия'
  const vatMinor = taxed ? Math.round((netMinor * 22) / 100) : 0
  const paid = number % 5 !== 0
  const day = DAYS[number % 300]!
  const serial = String(number).padStart(6, '0')
  return {
    issuedOn: day,
    invoice: `СЧ-2026-${serial}`,
    party: PARTIES[number % PARTIES.length]!,
    inn: String((number * 7_654_321) % 10_000_000_000).padStart(10, '0'),
    kpp: number % 6 === 2 ? '' : `0${10_101_000 + (number % 900)}`,
    contract: `Д-${2020 + (number % 7)}/${number % 10_000}`,
    item,
    kind,
    quantity,
    unit,
    priceMinor,
    netMinor,
    rate: taxed ? 22 : 'Без НДС',
    vatMinor,
    totalMinor: netMinor + vatMinor,
    paidOn: paid ? DAYS[(number % 300) + 7]! : null,
    payment: paid ? String(1000 + (number % 90_000)) : '',
    shippedOn: number % 3 ? DAYS[(number % 300) + 12]! : null,
    act: number % 3 ? `АКТ-2026-${serial} от ${day.split('-').reverse().join('.')}` : '',
    transfer: number % 3 ? `${number % 100_000}` : '',
    licence: taxed ? '' : `ЛИЦ-2026-${serial}`,
    state: STATES[number % STATES.length]!,
    ledger: number % 4 === 0 ? `00БП-${serial}` : '',
    manager: MANAGERS[number % MANAGERS.length]!,
  }
}

/** `count` sample rows in batches, made while they are read. */
export async function* sampleRows(count: number, batch = 1000): AsyncGenerator<SampleRow[]> {
  for (let from = 0; from < count; from += batch) {
    yield Array.from({ length: Math.min(batch, count - from) }, (_, index) => sampleRow(from + index + 1))
  }
}

const TONES: Record<string, CellTone> = {
  Проведён: 'done',
  'Ожидает ответа': 'theirs',
  'Ошибка: нет контрагента': 'failed',
  'Не отправлялся': 'nothing',
}

type C = Column<SampleRow>

const column = (
  key: string,
  ru: string,
  en: string,
  width: number,
  format: C['format'],
  value: C['value'],
  more: Partial<C> = {},
): C => ({
  key,
  header: { ru, en },
  width,
  format,
  value,
  ...more,
})

export const sampleColumns: C[] = [
  column('issuedOn', 'Дата счёта', 'Invoice date', 11, 'day', (row) => row.issuedOn),
  column('invoice', '№ счёта', 'Invoice', 15, 'code', (row) => row.invoice),
  column('party', 'Контрагент', 'Customer', 34, 'text', (row) => row.party),
  column('inn', 'ИНН', 'INN', 13, 'code', (row) => row.inn),
  column('kpp', 'КПП', 'KPP', 11, 'code', (row) => row.kpp),
  column('contract', 'Договор', 'Contract', 13, 'code', (row) => row.contract),
  column('item', 'Наименование', 'Item', 40, 'text', (row) => row.item),
  column('kind', 'Тип', 'Kind', 10, 'text', (row) => row.kind),
  column('quantity', 'Кол-во', 'Quantity', 9, 'quantity', (row) => row.quantity, { total: 'sum' }),
  column('unit', 'Ед.', 'Unit', 6, 'text', (row) => row.unit),
  column('price', 'Цена', 'Price', 12, 'money', (row) => row.priceMinor),
  column('net', 'Сумма без НДС', 'Net', 15, 'money', (row) => row.netMinor, { total: 'sum' }),
  column('rate', 'Ставка', 'Rate', 9, 'percent', (row) => row.rate),
  column('vat', 'НДС', 'VAT', 14, 'money', (row) => row.vatMinor, { total: 'sum' }),
  column('total', 'Всего', 'Total', 16, 'money', (row) => row.totalMinor, { total: 'sum' }),
  column('paidOn', 'Дата оплаты', 'Paid on', 11, 'day', (row) => row.paidOn),
  column('payment', '№ п/п', 'Payment', 9, 'code', (row) => row.payment),
  column('shippedOn', 'Дата отгрузки', 'Shipped on', 11, 'day', (row) => row.shippedOn),
  column('act', '№ и дата акта', 'Act', 30, 'code', (row) => row.act),
  column('transfer', '№ УПД/СФ', 'Transfer document', 11, 'code', (row) => row.transfer),
  column('licence', '№ лицензии', 'Licence', 16, 'code', (row) => row.licence),
  column('state', 'Статус 1С', 'Ledger state', 22, 'state', (row) => row.state, {
    tone: (row) => TONES[row.state] ?? null,
  }),
  column('ledger', '№ 1С', 'Ledger number', 13, 'code', (row) => row.ledger),
  column('manager', 'Менеджер', 'Manager', 20, 'text', (row) => row.manager),
]

type Gap = { reason: string; invoice: string; totalMinor: number }

const gaps = defineSheet<Gap, { rows: number }, ReportContext>({
  name: { ru: 'Расхождения', en: 'Discrepancies' },
  columns: [
    {
      key: 'reason',
      header: { ru: 'Что не так', en: 'What is wrong' },
      width: 30,
      format: 'text',
      value: (row) => row.reason,
    },
    {
      key: 'invoice',
      header: { ru: '№ счёта', en: 'Invoice' },
      width: 16,
      format: 'code',
      value: (row) => row.invoice,
    },
    {
      key: 'total',
      header: { ru: 'Всего', en: 'Total' },
      width: 16,
      format: 'money',
      total: 'sum',
      value: (row) => row.totalMinor,
    },
  ],
  async *rows({ rows }) {
    for await (const batch of sampleRows(Math.min(rows, 12))) {
      yield batch.map(({ invoice, totalMinor }) => ({
        reason: 'Оплачено, не отгружено',
        invoice,
        totalMinor,
      }))
    }
  },
})

/** The register of 24 columns over `rows` sample rows. */
export const sampleRegister = defineReport({
  name: 'sample-register',
  title: { ru: 'Реестр счетов и актов за ноябрь 2026', en: 'Register of invoices and acts, November 2026' },
  params: z.object({ rows: z.number().int() }),
  fileName: () => 'Реестр_2026-11_2026-11-22.xlsx',
  sheet: { ru: 'Реестр', en: 'Register' },
  rows: ({ rows }) => sampleRows(rows),
  columns: sampleColumns,
  terms: () => [
    { label: { ru: 'Фильтр', en: 'Filter' }, value: 'Оплата: ноябрь 2026; менеджер: Ким Марина Олеговна' },
    { label: { ru: 'Период', en: 'Period' }, value: '01.11.2026 — 30.11.2026' },
  ],
  sheets: [gaps],
})

export const sampleContext: ReportContext = {
  language: 'ru',
  timezone: 'Europe/Moscow',
  now: new Date('2026-11-22T09:41:00Z'),
  madeBy: 'Ким Марина Олеговна',
}
