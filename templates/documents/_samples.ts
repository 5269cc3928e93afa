/** Owns the invented parties and lines that samples of documents are made of; every code passes its check digits. */
import { documentTotals, lineAmounts, type Amounts } from '../../src/domain/money.ts'
import type { Line, Party, Verification } from './_shapes.ts'

export const certificationOffice = {
  country: 'RU',
  kind: 'legal',
  name: 'ООО «Северный центр сертификации»',
  taxId: '7805412680',
  kpp: '780501001',
  registrationNumber: '1187847123452',
  address: '198095, г. Санкт-Петербург, ул. Маршала Говорова, д. 35, корп. 4, лит. А, помещ. 21-Н, офис 412',
  phone: '+78123364710',
  email: 'office@north-cert.example',
  bank: {
    name: 'Северо-Западный банк ПАО Сбербанк, г. Санкт-Петербург',
    bic: '044030653',
    account: '40702810755000012345',
    correspondentAccount: '30101810500000000653',
  },
} as const satisfies Party

export const hospital = {
  country: 'RU',
  kind: 'legal',
  name: 'ГБУЗ НСО «Городская клиническая больница № 11»',
  taxId: '5406321540',
  kpp: '540601001',
  registrationNumber: '1035402487614',
  address: '630120, Новосибирская область, г. Новосибирск, ул. Танкистов, д. 23',
  phone: '+73833419860',
  email: 'gkb11@hospital.example',
  bank: {
    name: 'Сибирский банк ПАО Сбербанк, г. Новосибирск',
    bic: '045004641',
    account: '40702810844050004321',
    correspondentAccount: '30101810500000000641',
  },
} as const satisfies Party

export const entrepreneur = {
  country: 'RU',
  kind: 'entrepreneur',
  name: 'ИП Ёлкина Анастасия Вячеславовна',
  taxId: '540612345667',
  registrationNumber: '319547600012345',
  address: '630099, г. Новосибирск, Красный проспект, д. 50, кв. 7',
} as const satisfies Party

export const kazakhOffice = {
  country: 'KZ',
  kind: 'legal',
  name: 'ЖШС «Қазақстан Сәйкестікті растау орталығы»',
  taxId: '150640012341',
  address: '010000, Астана қ., Есіл ауданы, Мәңгілік Ел даңғылы, 55/20',
  phone: '+77172570012',
  email: 'info@rastau.example',
  bank: {
    name: '«Қазақстан Халық банкі» АҚ',
    bic: 'HSBKKZKX',
    account: 'KZ84722C000012345678',
    beneficiaryCode: '17',
  },
} as const satisfies Party

export const kazakhPlant = {
  country: 'KZ',
  kind: 'legal',
  name: 'ТОО «Өскемен ғимараттары — Үлбі Құрылыс»',
  taxId: '091140005677',
  address: '070004, Өскемен қ., Тәуелсіздік даңғылы, 12, 301-кеңсе',
  bank: {
    name: 'АО «Банк ЦентрКредит»',
    bic: 'KCJBKZKX',
    account: 'KZ28125KZT1001300987',
    beneficiaryCode: '17',
  },
} as const satisfies Party

export const belarusOffice = {
  country: 'BY',
  kind: 'legal',
  name: 'ТАА «Цэнтр электронных паслуг»',
  taxId: '191456785',
  address: '220004, г. Мінск, праспект Пераможцаў, д. 7, пам. 104',
  phone: '+375173113000',
  email: 'office@ceu.example',
  bank: { name: 'ОАО «Сбер Банк»', bic: 'BPSBBY2X', account: 'BY64BPSB30121234560169330000' },
} as const satisfies Party

export const belarusSchool = {
  country: 'BY',
  kind: 'authority',
  name: 'ДУА «Сярэдняя школа № 4 г. Баўруйска»',
  taxId: '690123457',
  address: '213801, Магілёўская вобл., г. Бабруйск, вул. Ульянаўская, 38',
  bank: { name: 'ЗАО «Альфа-Банк»', bic: 'ALFABY2X', account: 'BY14ALFA30122A12345678270000' },
} as const satisfies Party

export const softwareExemption =
  'пп. 26 п. 2 ст. 149 НК РФ (исключительные и иные права на российское программное обеспечение)'

type Sold = {
  name: string
  quantity?: string
  unit?: string
  priceMinor: number
  vatPercent?: string
  vatExemption?: string
}

/** A line with its amounts computed as the product computes them. */
export function sold({
  name,
  quantity = '1',
  unit = 'шт',
  priceMinor,
  vatPercent,
  vatExemption,
}: Sold): Line {
  return {
    name,
    quantity,
    unit,
    priceMinor,
    ...(vatPercent !== undefined && { vatPercent }),
    ...(vatExemption !== undefined && { vatExemption }),
    ...lineAmounts({ priceMinor, quantity, vatPercent: vatPercent ?? null }),
  }
}

export function withTotals(lines: Line[]): { lines: Line[] } & Amounts {
  return { lines, ...documentTotals(lines) }
}

export const officeLines = [
  sold({
    name: 'Изготовление квалифицированного сертификата ключа проверки электронной подписи для должностного лица',
    quantity: '3',
    priceMinor: 1_800_00,
    vatPercent: '22',
  }),
  sold({
    name: 'Право использования программы для ЭВМ «КриптЭК-Д» на условиях простой (неисключительной) лицензии',
    priceMinor: 1_045_00,
    vatExemption: softwareExemption,
  }),
  sold({
    name: 'Выезд специалиста для установки и настройки рабочего места',
    quantity: '2.5',
    unit: 'ч',
    priceMinor: 516_00,
    vatPercent: '22',
  }),
]

const programmes = [
  'Крипт-ЭК',
  'Крипт-ЭК Сервер',
  'Доступ-ЭК',
  'Архив подписанных документов',
  'Агент обновлений',
]

/** Forty lines of different length and tax, for documents that go over pages. */
export const fortyLines = Array.from({ length: 40 }, (_, index) => {
  const programme = programmes[index % programmes.length] ?? ''
  return index % 4 === 3
    ? sold({
        name: `Право использования программы «${programme}», рабочее место ${index + 1}`,
        priceMinor: 1_045_00,
        vatExemption: softwareExemption,
      })
    : sold({
        name: `Сопровождение программы «${programme}» на рабочем месте ${index + 1}, включая консультации по телефону`,
        quantity: String((index % 3) + 1),
        unit: 'мес',
        priceMinor: 700_00 + index * 10_00,
        vatPercent: '22',
      })
})

export function checkAt(code: string): Verification {
  return { code, link: `https://certdesk.example/v/${code}` }
}
