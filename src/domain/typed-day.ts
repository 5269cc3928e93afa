/** A day, or a moment by the clock, as it is typed into a field and read from it: on the server and in the browser. */
import { isDay } from './calendar.ts'
import type { Language } from './language.ts'

/** «20.11.2026», «20.11.2026 14:30»; what is no day stays as it was typed. */
export function formatTypedDay(value: string, language: Language): string {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/.exec(value) ?? []
  if (!day) return value
  const told = day
    .split('-')
    .toReversed()
    .join(language === 'ru' ? '.' : '/')
  return clock ? `${told} ${clock}` : told
}

/** Year, month and day of what is typed; the day stands first in both languages, unless all of it is ISO 8601. */
function partsOf(typed: string): string[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  const told = /^(\d{1,2})[.,/-](\d{1,2})[.,/-](\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed)
  return iso?.slice(1) ?? told?.slice(1).toReversed() ?? []
}

function clockOf(typed: string): string | null {
  const [, hour, minute] = /^(\d{1,2})[:.](\d{2})$/.exec(typed) ?? []
  return hour && minute && Number(hour) < 24 && Number(minute) < 60
    ? `${hour.padStart(2, '0')}:${minute}`
    : null
}

/**
 * «20.11.2026», «20/11/2026», «20112026» or «2026-11-20» → 'YYYY-MM-DD'; with `hasTime` «20.11.2026 14:30» →
 * 'YYYY-MM-DDTHH:MM', and a day alone is meant to its end. Null for what is no such day.
 */
export function parseDay(text: string, hasTime = false): string | null {
  const [typed = '', typedClock, ...more] = text.trim().split(/[\sT]+/)
  const [year, month, date] = partsOf(typed)
  if (!year || !month || !date || more.length > 0) return null
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (!isDay(day)) return null
  if (!hasTime) return typedClock === undefined ? day : null
  const clock = typedClock === undefined ? '23:59' : clockOf(typedClock)
  return clock && `${day}T${clock}`
}
