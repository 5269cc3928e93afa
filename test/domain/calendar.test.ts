/** Owns the rules of days and time zones. */

import test from 'ava'
import {
  addDays,
  addMonths,
  daysBetween,
  endOfDay,
  isDay,
  monthBounds,
  startOfDay,
  today,
  wallClock,
  workingDayAgo,
} from '../../src/domain/calendar.ts'
import { isDomainError } from '../../src/domain/errors.ts'

test('the day depends on where one stands', (t) => {
  const now = new Date('2026-11-23T20:30:00Z')
  t.is(today('Europe/Moscow', now), '2026-11-23')
  t.is(today('Asia/Almaty', now), '2026-11-24')
  t.is(today('America/New_York', new Date('2026-11-23T04:59:59Z')), '2026-11-22')
})

test('Almaty is five hours ahead since March 2024 and was six before', (t) => {
  t.is(startOfDay('2026-11-23', 'Asia/Almaty').toISOString(), '2026-11-22T19:00:00.000Z')
  t.is(startOfDay('2024-02-01', 'Asia/Almaty').toISOString(), '2024-01-31T18:00:00.000Z')
})

test('a day starts at its midnight in the zone and ends where the next one starts', (t) => {
  t.is(startOfDay('2026-11-23', 'Europe/Moscow').toISOString(), '2026-11-22T21:00:00.000Z')
  t.deepEqual(endOfDay('2026-11-23', 'Europe/Minsk'), startOfDay('2026-11-24', 'Europe/Minsk'))
})

test('a midnight the clocks skip is replaced by the first moment after it', (t) => {
  t.is(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString(), '2018-11-04T03:00:00.000Z')
})

test('of two midnights the day starts at the one that belongs to it', (t) => {
  t.is(startOfDay('2018-02-18', 'America/Sao_Paulo').toISOString(), '2018-02-18T03:00:00.000Z')
})

const hours = (day: string) =>
  (endOfDay(day, 'Europe/Berlin').getTime() - startOfDay(day, 'Europe/Berlin').getTime()) / 3_600_000

test('a day of changing clocks is not 24 hours long and is still one day', (t) => {
  t.is(hours('2026-03-29'), 23)
  t.is(hours('2026-10-25'), 25)
  t.is(daysBetween('2026-10-24', '2026-10-26'), 2)
})

test('days are added across months, leap years and centuries', (t) => {
  t.is(addDays('2026-12-31', 1), '2027-01-01')
  t.is(addDays('2028-02-28', 1), '2028-02-29')
  t.is(addDays('2026-03-01', -1), '2026-02-28')
  t.is(daysBetween('2026-11-23', '2027-11-23'), 365)
  t.is(daysBetween('2026-11-23', '2026-11-20'), -3)
})

test('a month later is the same day, or the last one of a shorter month', (t) => {
  t.is(addMonths('2026-01-31', 1), '2026-02-28')
  t.is(addMonths('2026-11-23', 12), '2027-11-23')
  t.is(addMonths('2026-03-31', -1), '2026-02-28')
  t.is(addMonths('2026-12-01', 1), '2027-01-01')
})

test('a working day passes over the weekend, on the clock of the office', (t) => {
  const ago = (now: string, zone = 'Europe/Moscow') => workingDayAgo(zone, new Date(now)).toISOString()
  t.is(ago('2026-11-24T07:00:00Z'), '2026-11-23T07:00:00.000Z')
  t.is(ago('2026-11-23T07:00:00Z'), '2026-11-20T07:00:00.000Z', 'on Monday it was on Friday at this time')
  for (const weekend of ['2026-11-21T09:00:00Z', '2026-11-22T09:00:00Z'])
    t.is(ago(weekend), '2026-11-19T21:00:00.000Z', 'until Monday nothing more is late')
  // Sunday in Greenwich, Monday in Almaty already.
  t.is(ago('2026-11-22T20:00:00Z', 'Asia/Almaty'), '2026-11-19T20:00:00.000Z')
})

test('a month has its first and last day', (t) => {
  t.deepEqual(monthBounds('2028-02-10'), { first: '2028-02-01', last: '2028-02-29' })
  t.deepEqual(monthBounds('2026-12-31'), { first: '2026-12-01', last: '2026-12-31' })
})

test('a day that does not exist is no day', (t) => {
  t.true(isDay('2028-02-29'))
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '23.11.2026', '']) t.false(isDay(text))
  t.true(
    isDomainError(
      t.throws(() => addDays('2026-02-30', 1)),
      'day-format',
    ),
  )
})

test('the wall clock shows the local day and minute', (t) => {
  t.deepEqual(wallClock(new Date('2026-11-22T21:05:59.999Z'), 'Europe/Moscow'), {
    day: '2026-11-23',
    time: '00:05',
  })
})
