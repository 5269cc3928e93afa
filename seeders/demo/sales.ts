/** Invented price lists and the sales of the last weeks, each brought to the point its `fate` names. */
import type { offices } from './people.ts'

type Office = keyof typeof offices

export type DemoProduct = Readonly<{
  code: string
  name: string
  kind: 'service' | 'licence' | 'goods'
  unit?: string
  unitCode?: string
  priceMinor: number
  currency: 'RUB' | 'KZT'
  vatCode?: 'standard'
  vatExemption?: string
  licenceText?: string
  termMonths?: number
  seats?: number
}>

const software = 'пп. 26 п. 2 ст. 149 НК РФ'
const licenceText =
  'Неисключительное право использования программы для ЭВМ на одном рабочем месте на условиях простой (неисключительной) лицензии. Право действует на неограниченный срок.'

export const products: Readonly<Record<Office, readonly DemoProduct[]>> = {
  north: [
    {
      code: 'ЭП-Б12',
      name: 'Сертификат ЭП «Базовый», 12 мес.',
      kind: 'service',
      priceMinor: 450_000,
      currency: 'RUB',
      vatCode: 'standard',
      termMonths: 12,
    },
    {
      code: 'ЭП-Б15',
      name: 'Сертификат ЭП «Базовый», 15 мес.',
      kind: 'service',
      priceMinor: 520_000,
      currency: 'RUB',
      vatCode: 'standard',
      termMonths: 15,
    },
    {
      code: 'ЭП-Т12',
      name: 'Сертификат ЭП «Торговый», 12 мес.',
      kind: 'service',
      priceMinor: 790_000,
      currency: 'RUB',
      vatCode: 'standard',
      termMonths: 12,
    },
    {
      code: 'ЭП-Г12',
      name: 'Сертификат ЭП «Госзаказ», 12 мес.',
      kind: 'service',
      priceMinor: 610_000,
      currency: 'RUB',
      vatCode: 'standard',
      termMonths: 12,
    },
    {
      code: 'ЛИЦ-1',
      name: 'Лицензия СКЗИ, 1 рабочее место',
      kind: 'licence',
      priceMinor: 104_500,
      currency: 'RUB',
      vatExemption: software,
      licenceText,
      seats: 1,
    },
    {
      code: 'ЛИЦ-12',
      name: 'Лицензия СКЗИ, 12 мес.',
      kind: 'licence',
      priceMinor: 135_000,
      currency: 'RUB',
      vatExemption: software,
      licenceText,
      termMonths: 12,
      seats: 1,
    },
    {
      code: 'НОС-ЭЦП',
      name: 'Носитель ключа ЭЦП 3.0',
      kind: 'goods',
      priceMinor: 219_000,
      currency: 'RUB',
      vatCode: 'standard',
    },
    {
      code: 'НОС-Л',
      name: 'Носитель ключа Lite',
      kind: 'goods',
      priceMinor: 169_000,
      currency: 'RUB',
      vatCode: 'standard',
    },
    {
      code: 'КОНС',
      name: 'Консультация по настройке рабочего места',
      kind: 'service',
      unit: 'ч',
      unitCode: '356',
      priceMinor: 150_000,
      currency: 'RUB',
      vatCode: 'standard',
    },
  ],
  alatau: [
    {
      code: 'СМ-9001',
      name: 'Сертификация СМ ISO 9001, этап 1',
      kind: 'service',
      priceMinor: 38_500_000,
      currency: 'KZT',
      vatCode: 'standard',
    },
    {
      code: 'ВЫЕЗД',
      name: 'Выезд эксперта',
      kind: 'service',
      unit: 'день',
      unitCode: '359',
      priceMinor: 6_000_000,
      currency: 'KZT',
      vatCode: 'standard',
    },
  ],
}

/** How far a sale has come. Every state an operator can meet stands here at least once. */
export type Fate =
  | 'draft'
  | 'issued'
  | 'overdue'
  | 'cancelled'
  | 'part_paid'
  | 'paid'
  | 'requested'
  | 'late'
  | 'refused'
  | 'answered'
  | 'shipped'
  | 'acted'
  | 'published'

export type DemoSale = Readonly<{
  office: Office
  /** Index in the office's list of clients. */
  client: number
  daysAgo: number
  order?: string
  /** Product code and quantity. */
  lines: readonly (readonly [string, string])[]
  fate: Fate
}>

export const sales: readonly DemoSale[] = [
  {
    office: 'north',
    client: 3,
    daysAgo: 40,
    order: 'ОФ030-479702',
    lines: [['ЭП-Б15', '1']],
    fate: 'published',
  },
  {
    office: 'north',
    client: 4,
    daysAgo: 33,
    order: 'ОФ030-479715',
    lines: [
      ['ЭП-Б12', '3'],
      ['ЛИЦ-1', '3'],
    ],
    fate: 'published',
  },
  {
    office: 'north',
    client: 0,
    daysAgo: 31,
    order: 'ОФ030-479722',
    lines: [
      ['ЭП-Б12', '1'],
      ['ЛИЦ-1', '1'],
    ],
    fate: 'published',
  },
  {
    office: 'alatau',
    client: 0,
    daysAgo: 30,
    order: 'KZ-2026-00204',
    lines: [
      ['СМ-9001', '1'],
      ['ВЫЕЗД', '2'],
    ],
    fate: 'published',
  },
  {
    office: 'north',
    client: 6,
    daysAgo: 26,
    order: 'ОФ030-479740',
    lines: [['ЭП-Г12', '2']],
    fate: 'published',
  },
  {
    office: 'north',
    client: 0,
    daysAgo: 24,
    order: 'ОФ030-479406',
    lines: [['ЭП-Б15', '1']],
    fate: 'overdue',
  },
  {
    office: 'north',
    client: 8,
    daysAgo: 22,
    order: 'ОФ030-479766',
    lines: [['ЛИЦ-12', '2']],
    fate: 'published',
  },
  {
    office: 'north',
    client: 9,
    daysAgo: 21,
    order: 'ОФ030-479771',
    lines: [
      ['ЭП-Т12', '1'],
      ['НОС-ЭЦП', '1'],
    ],
    fate: 'acted',
  },
  {
    office: 'north',
    client: 7,
    daysAgo: 20,
    order: 'ОФ030-479850',
    lines: [['ЭП-Б12', '1']],
    fate: 'cancelled',
  },
  {
    office: 'north',
    client: 5,
    daysAgo: 18,
    order: 'ОФ030-479790',
    lines: [['ЭП-Б12', '1']],
    fate: 'overdue',
  },
  {
    office: 'north',
    client: 1,
    daysAgo: 15,
    order: 'ОФ030-479801',
    lines: [
      ['ЭП-Т12', '5'],
      ['ЛИЦ-1', '5'],
      ['КОНС', '1.5'],
    ],
    fate: 'published',
  },
  {
    office: 'north',
    client: 6,
    daysAgo: 12,
    order: 'ОФ030-479855',
    lines: [['ЭП-Г12', '1']],
    fate: 'shipped',
  },
  {
    office: 'north',
    client: 0,
    daysAgo: 11,
    order: 'ОФ030-479712',
    lines: [
      ['ЭП-Т12', '1'],
      ['ЛИЦ-12', '1'],
    ],
    fate: 'acted',
  },
  {
    office: 'north',
    client: 4,
    daysAgo: 9,
    order: 'ОФ030-479870',
    lines: [
      ['КОНС', '1'],
      ['ЛИЦ-1', '1'],
    ],
    fate: 'shipped',
  },
  {
    office: 'alatau',
    client: 1,
    daysAgo: 8,
    order: 'KZ-2026-00218',
    lines: [
      ['СМ-9001', '1'],
      ['ВЫЕЗД', '2'],
    ],
    fate: 'answered',
  },
  { office: 'north', client: 3, daysAgo: 7, order: 'ОФ030-479877', lines: [['ЭП-Б15', '1']], fate: 'late' },
  {
    office: 'north',
    client: 4,
    daysAgo: 7,
    order: 'ОФ030-479890',
    lines: [
      ['ЭП-Б12', '2'],
      ['ЛИЦ-1', '2'],
    ],
    fate: 'published',
  },
  {
    office: 'north',
    client: 6,
    daysAgo: 6,
    order: 'ОФ030-479904',
    lines: [['КОНС', '2']],
    fate: 'published',
  },
  {
    office: 'north',
    client: 2,
    daysAgo: 6,
    order: 'ОФ030-479935',
    lines: [['ЭП-Б12', '1']],
    fate: 'refused',
  },
  {
    office: 'north',
    client: 8,
    daysAgo: 5,
    order: 'ОФ030-479846',
    lines: [['ЛИЦ-12', '1']],
    fate: 'answered',
  },
  {
    office: 'north',
    client: 5,
    daysAgo: 5,
    order: 'ОФ030-479861',
    lines: [
      ['ЭП-Б12', '1'],
      ['НОС-Л', '1'],
    ],
    fate: 'part_paid',
  },
  {
    office: 'north',
    client: 0,
    daysAgo: 4,
    order: 'ОФ030-479929',
    lines: [
      ['ЭП-Б12', '1'],
      ['ЛИЦ-1', '1'],
      ['НОС-ЭЦП', '1'],
    ],
    fate: 'paid',
  },
  {
    office: 'north',
    client: 9,
    daysAgo: 3,
    order: 'ОФ030-479940',
    lines: [
      ['ЭП-Б12', '2'],
      ['НОС-Л', '2'],
    ],
    fate: 'paid',
  },
  { office: 'north', client: 4, daysAgo: 2, order: 'ОФ030-479944', lines: [['ЭП-Б15', '1']], fate: 'issued' },
  { office: 'alatau', client: 0, daysAgo: 2, order: 'KZ-2026-00225', lines: [['ВЫЕЗД', '3']], fate: 'paid' },
  {
    office: 'north',
    client: 6,
    daysAgo: 1,
    order: 'ОФ030-479951',
    lines: [
      ['ЭП-Г12', '4'],
      ['ЛИЦ-1', '4'],
    ],
    fate: 'issued',
  },
  { office: 'north', client: 9, daysAgo: 0, lines: [['КОНС', '2']], fate: 'draft' },
]
