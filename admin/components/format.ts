/** Turns numbers, money, days and instants into what a person would have written, in Russian or English. */

import { isDomainError } from '../../src/domain/errors.ts'
import { currencySymbol, formatSum, parseMoney, type Currency } from '../../src/domain/money.ts'
import { formatPhone } from '../../src/domain/phone-text.ts'
import type { CappedCount } from '../desk-types.ts'

export type Language = 'ru' | 'en'

const NBSP = '\u00a0'
const TAG: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>()
/** Intl objects cost a tenth of a millisecond each; a list makes hundreds of values. */
const kept = <T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>(
  key: string,
  make: () => T,
): T => {
  const known = cache.get(key)
  if (known) return known as T
  const made = make()
  cache.set(key, made)
  return made
}

const numberFormat = (language: Language, digits: number) =>
  kept(`n${language}${digits}`, () => new Intl.NumberFormat(TAG[language], { maximumFractionDigits: digits }))

/** A decimal as it stands in a field, `16.5` → «16,5»: the mark is that of the language, nothing else is touched. */
export const formatTyped = (text: string, language: Language): string =>
  language === 'ru' ? text.replace('.', ',') : text

/** `16.00` → `16`: what the database keeps for its scale says nothing to a reader. */
export const withoutTail = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** `1234.5` → «1 234,5»; spaces inside never break. */
export const formatNumber = (value: number, language: Language, digits = 3): string =>
  numberFormat(language, digits)
    .format(value)
    .replaceAll(/[\u202f ]/g, NBSP)

/** Minor units → «7 735,00», without the sign; a dash for what is no sum, so that no screen breaks over a figure. */
export const sumText = (minor: number, language: Language): string =>
  Number.isSafeInteger(minor) ? formatSum(minor, language) : '—'

/** Minor units → «7 735,00 ₽». */
export const formatMoney = (minor: number, currency: string, language: Language): string =>
  `${sumText(minor, language)}${NBSP}${signOf(currency)}`

export const signOf = (currency: string): string => currencySymbol(currency as Currency)

/** Sums per currency → «7 735,00 ₽ · 63,20 Br». */
export const formatSums = (sums: { currency: string; minor: number }[], language: Language): string =>
  sums.map(({ currency, minor }) => formatMoney(minor, currency, language)).join(' · ')

/** What a person typed or pasted for money («1 045,50», «1,045.50 ₽») → minor units; null when it is no amount, or a debt. */
export const typedMoney = (text: string): number | null => {
  const minor = unlessRefused(() => parseMoney(text))
  return minor === null || minor < 0 ? null : minor
}

/** Null where the rules refuse what is still being typed. */
export const unlessRefused = <T>(work: () => T): T | null => {
  try {
    return work()
  } catch (fault) {
    if (isDomainError(fault)) return null
    throw fault
  }
}

/** `10000` capped → «10 000+». */
export const formatCount = ({ count, isCapped }: CappedCount, language: Language): string =>
  formatNumber(count, language, 0) + (isCapped ? '+' : '')

/** 'YYYY-MM-DD' → «20.11.2026», the same day in every time zone. */
export const formatDay = (day: string, language: Language): string => {
  const [year, month, date] = day.slice(0, 10).split('-')
  return year && month && date
    ? language === 'ru'
      ? `${date}.${month}.${year}`
      : `${date}/${month}/${year}`
    : day
}

/** 'YYYY-MM-DD' → «20 ноября», with the year when it is another one. */
export const formatDayWords = (day: string, language: Language, today = new Date()): string =>
  kept(
    `d${language}${day.startsWith(String(today.getFullYear()))}`,
    () =>
      new Intl.DateTimeFormat(TAG[language], {
        day: 'numeric',
        month: 'long',
        timeZone: 'UTC',
        ...(day.startsWith(String(today.getFullYear())) ? {} : { year: 'numeric' }),
      }),
  ).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))

const wall = (language: Language, timezone: string, options: Intl.DateTimeFormatOptions) =>
  kept(
    `w${language}${timezone}${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(TAG[language], { timeZone: timezone, ...options }),
  )

/** The calendar day of an instant in a zone, as 'YYYY-MM-DD'. */
export const dayOf = (at: Date, timezone: string): string =>
  kept(
    `day${timezone}`,
    () =>
      new Intl.DateTimeFormat('en-CA', {
        timeZone: timezone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }),
  ).format(at)

/** An instant in full: «23.11.2026, 10:41:05». */
export const formatExact = (at: string, language: Language, timezone: string): string =>
  wall(language, timezone, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at))

/** An instant's time of day: «10:41». */
export const formatTime = (at: string, language: Language, timezone: string): string =>
  wall(language, timezone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** 'YYYY-MM-DDTHH:MM' of a clock in the zone: what a field of date and time holds. */
export const wallOf = (at: string, timezone: string): string =>
  `${dayOf(new Date(at), timezone)}T${formatTime(at, 'ru', timezone)}`

/** The instant at which a clock in the zone shows this; null while it is not typed to its end. */
export const instantOf = (clock: string, timezone: string): string | null => {
  const asUtc = Date.parse(`${clock}Z`)
  if (Number.isNaN(asUtc)) return null
  const ahead = Date.parse(`${wallOf(new Date(asUtc).toISOString(), timezone)}Z`) - asUtc
  return new Date(asUtc - ahead).toISOString()
}

export type MomentWords = {
  now: string
  minutesAgo: (count: number) => string
  inMinutes: (count: number) => string
  today: string
  yesterday: string
  tomorrow: string
}

/** An instant as one says it: «4 мин назад», «сегодня, 10:41», «20 ноября, 16:02», «20.11.2025». */
export const formatMoment = (
  at: string,
  language: Language,
  timezone: string,
  words: MomentWords,
  now = new Date(),
): string => {
  const then = new Date(at)
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000)
  if (minutes === 0) return words.now
  if (minutes > 0 && minutes < 60) return words.minutesAgo(minutes)
  if (minutes < 0 && minutes > -60) return words.inMinutes(-minutes)
  const day = dayOf(then, timezone)
  const time = formatTime(at, language, timezone)
  const shifted = (days: number) => dayOf(new Date(now.getTime() + days * 86_400_000), timezone)
  if (day === shifted(0)) return `${words.today}, ${time}`
  if (day === shifted(-1)) return `${words.yesterday}, ${time}`
  if (day === shifted(1)) return `${words.tomorrow}, ${time}`
  return day.slice(0, 4) === shifted(0).slice(0, 4)
    ? `${formatDayWords(day, language, now)}, ${time}`
    : formatDay(day, language)
}

/** The heading of home: «Понедельник, 23 ноября». */
export const formatToday = (language: Language, timezone: string, now = new Date()): string => {
  const text = wall(language, timezone, { weekday: 'long', day: 'numeric', month: 'long' }).format(now)
  return text.charAt(0).toLocaleUpperCase(TAG[language]) + text.slice(1)
}

/** Milliseconds → «0,2 с», «3 мин 20 с». */
export const formatDuration = (milliseconds: number, language: Language): string => {
  const seconds = milliseconds / 1000
  const [s, min] = language === 'ru' ? ['с', 'мин'] : ['s', 'min']
  if (seconds < 60) return `${formatNumber(seconds, language, seconds < 10 ? 1 : 0)}${NBSP}${s}`
  return `${Math.floor(seconds / 60)}${NBSP}${min} ${Math.round(seconds % 60)}${NBSP}${s}`
}

/** How long somebody has been waiting, roughly: «25 мин», «2 ч», «3 дн.». */
export const formatWait = (milliseconds: number, language: Language): string => {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000))
  const [min, h, d] = language === 'ru' ? ['мин', 'ч', 'дн.'] : ['min', 'h', 'd']
  if (minutes < 60) return `${minutes}${NBSP}${min}`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours}${NBSP}${h}` : `${Math.floor(hours / 24)}${NBSP}${d}`
}

/** Bytes → «184 КБ», «1,2 МБ». */
export const formatSize = (bytes: number, language: Language): string => {
  const units = language === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${formatNumber(value, language, value < 10 && unit > 0 ? 1 : 0)}${NBSP}${units[unit]}`
}

/** The number of a paper as people call it among its like: «АКТ-2026-000012» → «12»; another's number stays whole. */
export const shortNumber = (number: string): string => /^\p{L}+-\d{4}-0*(\d+)$/u.exec(number)?.[1] ?? number

/** Groups of a code as people read it aloud; a code of unknown length stays whole. */
export const formatCode = (kind: string, value: string): string => {
  if (kind === 'phone') return formatPhone(value)
  const groups: Record<string, number[]> = {
    'inn.10': [4, 3, 3],
    'inn.12': [4, 4, 4],
    'bin.12': [3, 3, 3, 3],
    'iin.12': [3, 3, 3, 3],
    'unp.9': [3, 3, 3],
    'kpp.9': [3, 3, 3],
    'ogrn.13': [1, 2, 2, 2, 3, 3],
    'ogrnip.15': [1, 2, 2, 5, 5],
  }
  const sizes = groups[`${kind}.${value.length}`]
  if (!sizes || !/^\d+$/.test(value)) return value
  let from = 0
  return sizes.map((size) => value.slice(from, (from += size))).join(NBSP)
}

/** Initials of a name for the round face: «Марина Ким» → «МК». */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('')
    .toLocaleUpperCase()
