/** Owns sums written out in words, as the foot of an invoice and an act must show them. */

import type { Language } from './language.ts'
import type { Currency } from './money.ts'
import { plural, type PluralForms } from './plural.ts'

type Noun = Record<Language, PluralForms>

const rouble: Noun = {
  ru: { one: 'рубль', few: 'рубля', many: 'рублей' },
  en: { one: 'rouble', many: 'roubles' },
}
const kopeck: Noun = {
  ru: { one: 'копейка', few: 'копейки', many: 'копеек' },
  en: { one: 'kopeck', many: 'kopecks' },
}
const tenge: Noun = {
  ru: { one: 'тенге', few: 'тенге', many: 'тенге' },
  en: { one: 'tenge', many: 'tenge' },
}
const tiyn: Noun = {
  ru: { one: 'тиын', few: 'тиына', many: 'тиын' },
  en: { one: 'tiyn', many: 'tiyn' },
}
const nouns: Record<Currency, { major: Noun; minor: Noun }> = {
  RUB: { major: rouble, minor: kopeck },
  BYN: { major: rouble, minor: kopeck },
  KZT: { major: tenge, minor: tiyn },
}

/**
 * «Одна тысяча сорок пять рублей 00 копеек»: a capital first letter, the whole part in words, the minor units as
 * two digits. In English «One thousand forty-five roubles 00 kopecks».
 * @param amountMinor whole minor units, up to 90 trillion of the major unit
 */
export function amountInWords(amountMinor: number, currency: Currency, language: Language = 'ru'): string {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`not whole minor units: ${amountMinor}`)
  const size = Math.abs(amountMinor)
  const major = Math.trunc(size / 100)
  const minor = size % 100
  const { major: majorNoun, minor: minorNoun } = nouns[currency]
  const words = [
    ...(amountMinor < 0 ? [language === 'ru' ? 'минус' : 'minus'] : []),
    numberInWords(major, language),
    plural(major, majorNoun[language]),
    String(minor).padStart(2, '0'),
    plural(minor, minorNoun[language]),
  ].join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A count in words, masculine in Russian: «двадцать один», «одна тысяча два», `twenty-one`. */
export function numberInWords(count: number, language: Language = 'ru'): string {
  if (count === 0) return language === 'ru' ? 'ноль' : 'zero'
  const words: string[] = []
  for (const [power, group] of thousandsOf(count)) {
    if (group > 0)
      words.push(...(language === 'ru' ? russianGroup(group, power) : englishGroup(group, power)))
  }
  return words.join(' ')
}

/** 1 234 567 → [2, 1], [1, 234], [0, 567]: the power of a thousand and how many of it. */
function thousandsOf(count: number): [power: number, group: number][] {
  const groups: [number, number][] = []
  for (let rest = count, power = 0; rest > 0; rest = Math.trunc(rest / 1000), power += 1) {
    groups.unshift([power, rest % 1000])
  }
  return groups
}

const ru = {
  hundreds: words(', сто, двести, триста, четыреста, пятьсот, шестьсот, семьсот, восемьсот, девятьсот'),
  tens: words(', , двадцать, тридцать, сорок, пятьдесят, шестьдесят, семьдесят, восемьдесят, девяносто'),
  small: words(
    ', один, два, три, четыре, пять, шесть, семь, восемь, девять, десять, одиннадцать, двенадцать, тринадцать, ' +
      'четырнадцать, пятнадцать, шестнадцать, семнадцать, восемнадцать, девятнадцать',
  ),
  feminine: words(', одна, две'),
  scales: [
    undefined,
    { one: 'тысяча', few: 'тысячи', many: 'тысяч' },
    { one: 'миллион', few: 'миллиона', many: 'миллионов' },
    { one: 'миллиард', few: 'миллиарда', many: 'миллиардов' },
    { one: 'триллион', few: 'триллиона', many: 'триллионов' },
  ] satisfies (PluralForms | undefined)[],
}

const en = {
  tens: words(', , twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety'),
  small: words(
    ', one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, ' +
      'sixteen, seventeen, eighteen, nineteen',
  ),
  scales: words(', thousand, million, billion, trillion'),
}

function russianGroup(group: number, power: number): string[] {
  const [hundreds, tens, small] = digitsOf(group)
  const unit = (power === 1 ? ru.feminine[small] : undefined) ?? ru.small[small]
  const scale = ru.scales[power]
  return present([ru.hundreds[hundreds], ru.tens[tens], unit, scale && plural(group, scale)])
}

function englishGroup(group: number, power: number): string[] {
  const [hundreds, tens, small] = digitsOf(group)
  const below = present([en.tens[tens], en.small[small]]).join('-')
  return present([en.small[hundreds], hundreds > 0 ? 'hundred' : '', below, en.scales[power]])
}

/** 345 → 3, 4, 5; 312 → 3, 0, 12: numbers below twenty have names of their own. */
function digitsOf(group: number): [hundreds: number, tens: number, small: number] {
  const rest = group % 100
  return [Math.trunc(group / 100), rest < 20 ? 0 : Math.trunc(rest / 10), rest < 20 ? rest : rest % 10]
}

/** A list whose empty places stand for numbers that have no word there. */
function words(list: string): string[] {
  return list.split(', ')
}

function present(words: (string | undefined)[]): string[] {
  return words.filter((word): word is string => word !== undefined && word !== '')
}
