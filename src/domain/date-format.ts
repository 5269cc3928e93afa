/** Owns how days and instants are written for people, in Russian and in English. */

import { daysBetween, today, wallClock } from './calendar.ts'
import type { Language } from './language.ts'

const noBreakSpace = '\u00A0'

const months: Record<Language, readonly string[]> = {
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

/** `20.11.2026` in Russian, `20 Nov 2026` in English, where 11/12 would be read two ways. */
export function formatDay(day: string, language: Language = 'ru'): string {
  const { year, month, date } = split(day)
  if (language === 'ru') return `${day.slice(8)}.${day.slice(5, 7)}.${year}`
  return [date, monthName(month, 'en').slice(0, 3), year].join(noBreakSpace)
}

/** The day as a document writes it: «20 ноября 2026 г.», `20 November 2026`. */
export function formatDayInFull(day: string, language: Language = 'ru'): string {
  const { year, month, date } = split(day)
  const name = monthName(month, language)
  return [date, name, year, ...(language === 'ru' ? ['г.'] : [])].join(noBreakSpace)
}

/** «20 ноября», and with its year when that is not the year of `todayOn`. */
export function formatDayOfYear(day: string, todayOn: string, language: Language = 'ru'): string {
  const { year, month, date } = split(day)
  const name = monthName(month, language)
  return [date, name, ...(day.slice(0, 4) === todayOn.slice(0, 4) ? [] : [year])].join(noBreakSpace)
}

/** «сегодня», «вчера», «завтра», else «20 ноября». */
export function formatNearDay(day: string, todayOn: string, language: Language = 'ru'): string {
  const names = nearDays[language]
  return names[daysBetween(todayOn, day) + 1] ?? formatDayOfYear(day, todayOn, language)
}

/** «сегодня, 10:41», «вчера, 17:20», «20 ноября, 09:05»: an instant on the reader's clock. */
export function formatMoment(instant: Date, zone: string, now: Date, language: Language = 'ru'): string {
  const { day, time } = wallClock(instant, zone)
  return `${formatNearDay(day, today(zone, now), language)}, ${time}`
}

/** The exact instant for a tooltip: `20.11.2026 10:41:07`, on the reader's clock. */
export function formatExactMoment(instant: Date, zone: string, language: Language = 'ru'): string {
  const { day, time } = wallClock(instant, zone)
  const seconds = String(instant.getUTCSeconds()).padStart(2, '0')
  return `${formatDay(day, language)} ${time}:${seconds}`
}

/** Yesterday, today, tomorrow. */
const nearDays: Record<Language, readonly string[]> = {
  ru: ['вчера', 'сегодня', 'завтра'],
  en: ['yesterday', 'today', 'tomorrow'],
}

function split(day: string): { year: string; month: number; date: string } {
  return { year: day.slice(0, 4), month: Number(day.slice(5, 7)), date: String(Number(day.slice(8))) }
}

function monthName(month: number, language: Language): string {
  return months[language][month - 1] ?? ''
}
