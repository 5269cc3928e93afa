/** Owns realistic acts: several taxes, three countries, many pages. */
import {
  belarusOffice,
  belarusSchool,
  certificationOffice,
  checkAt,
  entrepreneur,
  fortyLines,
  hospital,
  kazakhOffice,
  kazakhPlant,
  officeLines,
  softwareExemption,
  sold,
  withTotals,
} from '../_samples.ts'
import type { ActData } from './document.ts'

const usual: ActData = {
  number: 'АКТ-2026-000123',
  issuedOn: '2026-11-23',
  subject: 'both',
  seller: certificationOffice,
  customer: hospital,
  contract: { title: 'Оферта', number: 'КВС-52/2026', issuedOn: '2026-01-12' },
  invoice: { title: 'Счёт', number: 'СЧ-2026-004412', issuedOn: '2026-11-02' },
  period: { from: '2026-11-01', to: '2026-11-23' },
  currency: 'RUB',
  ...withTotals(officeLines),
  totalInWords: 'Семь тысяч семьсот тридцать пять рублей 00 копеек',
  sellerSignatory: { position: 'Генеральный директор', name: 'Соколова М. А.', basis: 'Устава' },
  customerSignatory: { position: 'Главный врач', name: 'Кузнецов Д. И.', basis: 'Устава' },
  verification: checkAt('7KQM-4XPD-92RA'),
}

const licencesOnly: ActData = {
  ...usual,
  number: 'АКТ-2026-000124',
  subject: 'rights',
  customer: entrepreneur,
  replaces: { number: 'АКТ-2026-000098', issuedOn: '2026-10-30' },
  ...withTotals([
    sold({
      name: 'Право использования программы для ЭВМ «КриптЭК-Д» на одном рабочем месте, срок действия не ограничен',
      priceMinor: 1_045_00,
      vatExemption: softwareExemption,
    }),
  ]),
  totalInWords: 'Одна тысяча сорок пять рублей 00 копеек',
  customerSignatory: { position: 'Индивидуальный предприниматель', name: 'Ёлкина А. В.' },
  verification: checkAt('B3WN-8TQH-50FC'),
}

const overPages: ActData = {
  ...usual,
  number: 'АКТ-2026-000125',
  ...withTotals(fortyLines),
  totalInWords: 'Шестьдесят три тысячи восемьсот семьдесят рублей 00 копеек',
  verification: checkAt('X9DE-21LM-77VK'),
}

const kazakh: ActData = {
  ...usual,
  number: 'АКТ-2026-000017',
  subject: 'services',
  seller: kazakhOffice,
  customer: kazakhPlant,
  contract: { title: 'Договор', number: '88-ҚР/26', issuedOn: '2026-03-02' },
  invoice: { title: 'Счёт', number: 'СЧ-2026-000301', issuedOn: '2026-11-10' },
  currency: 'KZT',
  ...withTotals([
    sold({
      name: 'Сертификация системы менеджмента качества по СТ РК ISO 9001-2016',
      unit: 'усл.',
      priceMinor: 385_000_00,
      vatPercent: '16',
    }),
    sold({
      name: 'Выезд эксперта-аудитора, Өскемен',
      quantity: '2',
      unit: 'сут',
      priceMinor: 46_500_00,
      vatPercent: '16',
    }),
  ]),
  totalInWords: 'Четыреста семьдесят восемь тысяч тенге 00 тиын',
  sellerSignatory: { position: 'Бас директор', name: 'Әбдіғали Қ. Ұ.', basis: 'Жарғы' },
  customerSignatory: { position: 'Директор', name: 'Нұрғиса І. Ө.' },
  verification: checkAt('KZ5T-30PA-6HQN'),
}

const belarusian: ActData = {
  ...usual,
  number: 'АКТ-2026-000009',
  subject: 'services',
  seller: belarusOffice,
  customer: belarusSchool,
  contract: { title: 'Публичный договор', number: '6.0.01', issuedOn: '2026-02-01' },
  invoice: { title: 'Счёт', number: 'СЧ-2026-000042', issuedOn: '2026-11-19' },
  currency: 'BYN',
  ...withTotals([
    sold({
      name: 'Издание сертификата открытого ключа проверки электронной цифровой подписи',
      priceMinor: 63_20,
      vatPercent: '20',
    }),
  ]),
  totalInWords: 'Шестьдесят три белорусских рубля 20 копеек',
  sellerSignatory: { position: 'Дырэктар', name: 'Ўласевіч І. Ў.', basis: 'Статута' },
  customerSignatory: { position: 'Директор школы', name: 'Бароўскі А. У.' },
  verification: checkAt('BY2C-91ZZ-4MWE'),
}

const billion: ActData = {
  ...usual,
  number: 'АКТ-2026-000126',
  subject: 'services',
  ...withTotals([
    sold({
      name: 'Внедрение ведомственной системы межведомственного электронного документооборота',
      unit: 'усл.',
      priceMinor: 1_000_000_000_00,
      vatPercent: '22',
    }),
    sold({
      name: 'Артикул CERT-2026-PRODUCTION-EXTRA-LONG-CODE-0000000000001',
      priceMinor: 5,
      vatPercent: '20',
    }),
  ]),
  totalInWords: 'Один миллиард рублей 05 копеек',
  verification: checkAt('M1RD-00PP-5Y8S'),
}

export const actSamples = { usual, licencesOnly, overPages, kazakh, belarusian, billion }
