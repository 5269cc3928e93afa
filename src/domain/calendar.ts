/** Owns the arithmetic of days, 'YYYY-MM-DD', and of the instants at which they begin in a time zone. */

import { DomainError } from './errors.ts'

const dayLength = 86_400_000

/** The day it is at `now` in an IANA time zone. */
export function today(zone: string, now: Date): string {
  return new Date(now.getTime() + offsetAt(zone, now.getTime())).toISOString().slice(0, 10)
}

/** Whether the text is a day that exists: 2026-02-30 does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** The day `count` days later, or earlier when negative. */
export function addDays(day: string, count: number): string {
  return dayAt(midnight(day) + count * dayLength)
}

/** The same day of a later month, or its last one if the month is shorter: January 31 + 1 = February 28. */
export function addMonths(day: string, count: number): string {
  const start = new Date(midnight(`${day.slice(0, 8)}01`))
  start.setUTCMonth(start.getUTCMonth() + count)
  const { last } = monthBounds(dayAt(start.getTime()))
  const wished = `${last.slice(0, 8)}${day.slice(8)}`
  return wished < last ? wished : last
}

/** How many days lie from one day to the other; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((midnight(to) - midnight(from)) / dayLength)
}

/** The first and the last day of the month a day belongs to. */
export function monthBounds(day: string): { first: string; last: string } {
  const first = `${day.slice(0, 8)}01`
  const next = new Date(midnight(first))
  next.setUTCMonth(next.getUTCMonth() + 1)
  return { first, last: dayAt(next.getTime() - dayLength) }
}

/** The instant a day begins in the zone: its midnight, or the first moment after one the clocks skip. */
export function startOfDay(day: string, zone: string): Date {
  const wall = midnight(day)
  const candidates = [wall - dayLength, wall, wall + dayLength]
    .map((instant) => wall - offsetAt(zone, instant))
    .filter((instant) => instant + offsetAt(zone, instant) >= wall)
  return new Date(Math.min(...candidates))
}

/** The instant a day is over in the zone. Exclusive: compare with `<`. */
export function endOfDay(day: string, zone: string): Date {
  return startOfDay(addDays(day, 1), zone)
}

/**
 * The instant a working day before `now` in the zone: whoever has waited since before it has waited through one. Saturday
 * and Sunday do not count; holidays differ by country and decree, and are counted as the days of the week they fall on.
 */
export function workingDayAgo(zone: string, now: Date): Date {
  const day = today(zone, now)
  const weekday = new Date(midnight(day)).getUTCDay()
  // The last working moment of a weekend was the end of its Friday.
  if (weekday === 6 || weekday === 0) return startOfDay(addDays(day, weekday === 6 ? -1 : -2), zone)
  return new Date(now.getTime() - (weekday === 1 ? 3 : 1) * dayLength)
}

/** The wall clock of an instant in the zone: day 'YYYY-MM-DD' and time 'HH:MM'. */
export function wallClock(instant: Date, zone: string): { day: string; time: string } {
  const local = new Date(instant.getTime() + offsetAt(zone, instant.getTime())).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}

function midnight(day: string): number {
  if (!isDay(day)) throw new DomainError('day-format', { value: day })
  return Date.parse(`${day}T00:00:00Z`)
}

const dayAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, instant: number): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day, hour, minute, second } = parts
  const whole = Math.floor(instant / 1000) * 1000
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - whole
}

const clocks = new Map<string, Intl.DateTimeFormat>()

// Making a formatter costs a hundred times more than using one.
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  clocks.set(zone, clock)
  return clock
}
