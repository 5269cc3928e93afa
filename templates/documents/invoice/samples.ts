/** Owns realistic invoices: with a payment code, in three currencies, over pages, without VAT. */
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
import type { InvoiceData } from './document.ts'

const usual: InvoiceData = {
  number: 'СЧ-2026-004412',
  issuedOn: '2026-11-02',
  dueOn: '2026-11-16',
  seller: certificationOffice,
  customer: hospital,
  contract: { title: 'Оферта', number: 'КВС-52/2026', issuedOn: '2026-01-12' },
  currency: 'RUB',
  ...withTotals(officeLines),
  totalInWords: 'Семь тысяч семьсот тридцать пять рублей 00 копеек',
  head: { position: 'Генеральный директор', name: 'Соколова М. А.' },
  accountant: { position: 'Главный бухгалтер', name: 'Тимофеева О. Л.' },
  verification: checkAt('S4YT-4XPD-92RA'),
}

const withoutVat: InvoiceData = {
  ...usual,
  number: 'СЧ-2026-004413',
  customer: entrepreneur,
  ...withTotals([
    sold({
      name: 'Право использования программы для ЭВМ «КриптЭК-Д» на одном рабочем месте, срок действия не ограничен',
      priceMinor: 1_045_00,
      vatExemption: softwareExemption,
    }),
  ]),
  totalInWords: 'Одна тысяча сорок пять рублей 00 копеек',
  verification: checkAt('S4YU-8TQH-50FC'),
}

const overPages: InvoiceData = {
  ...usual,
  number: 'СЧ-2026-004414',
  ...withTotals(fortyLines),
  totalInWords: 'Шестьдесят три тысячи восемьсот семьдесят рублей 00 копеек',
  verification: checkAt('S4YV-21LM-77VK'),
}

const kazakh: InvoiceData = {
  ...usual,
  number: 'СЧ-2026-000301',
  seller: kazakhOffice,
  customer: kazakhPlant,
  contract: { title: 'Договор', number: '88-ҚР/26', issuedOn: '2026-03-02' },
  paymentPurposeCode: '859',
  currency: 'KZT',
  ...withTotals([
    sold({
      name: 'Сертификация системы менеджмента качества по СТ РК ISO 9001-2016',
      unit: 'усл.',
      priceMinor: 385_000_00,
      vatPercent: '16',
    }),
  ]),
  totalInWords: 'Триста восемьдесят пять тысяч тенге 00 тиын',
  head: { position: 'Бас директор', name: 'Әбдіғали Қ. Ұ.' },
  accountant: { position: 'Бас бухгалтер', name: 'Сүлейменова Ж. Ғ.' },
  verification: checkAt('S4YW-30PA-6HQN'),
}

const belarusian: InvoiceData = {
  ...usual,
  number: 'СЧ-2026-000042',
  seller: belarusOffice,
  customer: belarusSchool,
  contract: { title: 'Публичный договор', number: '6.0.01', issuedOn: '2026-02-01' },
  currency: 'BYN',
  ...withTotals([
    sold({
      name: 'Издание сертификата открытого ключа проверки электронной цифровой подписи',
      priceMinor: 63_20,
      vatPercent: '20',
    }),
  ]),
  totalInWords: 'Шестьдесят три белорусских рубля 20 копеек',
  head: { position: 'Дырэктар', name: 'Ўласевіч І. Ў.' },
  accountant: { position: 'Галоўны бухгалтар', name: 'Мядзведзева А. С.' },
  verification: checkAt('S4YX-91ZZ-4MWE'),
}

export const invoiceSamples = { usual, withoutVat, overPages, kazakh, belarusian }
