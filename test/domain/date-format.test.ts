/** Owns the rules of writing days and instants for people. */

import test from 'ava'
import {
  formatDay,
  formatDayInFull,
  formatDayOfYear,
  formatExactMoment,
  formatMoment,
  formatNearDay,
} from '../../src/domain/date-format.ts'

const zone = 'Europe/Moscow'
const now = new Date('2026-11-23T08:00:00Z')
/** Spaces that do not break are shown as plain ones, to keep the expectations readable. */
const plain = (text: string) => text.replaceAll('\u00A0', ' ')

test('a day is written in digits in Russian and with a month name in English', (t) => {
  t.is(formatDay('2026-11-20'), '20.11.2026')
  t.is(plain(formatDay('2026-11-02', 'en')), '2 Nov 2026')
})

test('a document writes the day in full', (t) => {
  t.is(formatDayInFull('2026-05-01'), '1\u00A0мая\u00A02026\u00A0г.')
  t.is(plain(formatDayInFull('2026-05-01', 'en')), '1 May 2026')
})

test('the year is named only when it is another one', (t) => {
  t.is(plain(formatDayOfYear('2026-11-20', '2026-11-23')), '20 ноября')
  t.is(plain(formatDayOfYear('2025-11-20', '2026-11-23')), '20 ноября 2025')
})

test('yesterday, today and tomorrow are called so', (t) => {
  const near = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']
  t.deepEqual(
    near.map((day) => plain(formatNearDay(day, '2026-11-23'))),
    ['21 ноября', 'вчера', 'сегодня', 'завтра', '25 ноября'],
  )
  t.is(formatNearDay('2026-11-22', '2026-11-23', 'en'), 'yesterday')
})

test('a moment is told on the clock of the reader', (t) => {
  const at = new Date('2026-11-23T07:41:00Z')
  t.is(formatMoment(at, zone, now), 'сегодня, 10:41')
  t.is(formatMoment(at, 'Asia/Almaty', now, 'en'), 'today, 12:41')
  t.is(plain(formatMoment(new Date('2026-11-20T06:05:00Z'), zone, now)), '20 ноября, 09:05')
  t.is(formatMoment(new Date('2026-11-22T20:59:00Z'), zone, now), 'вчера, 23:59')
})

test('a tooltip tells the exact second', (t) => {
  t.is(formatExactMoment(new Date('2026-11-23T07:41:07Z'), zone), '23.11.2026 10:41:07')
})
