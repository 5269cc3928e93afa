/** How a day is typed: the ways that are read, what is none, and how it stands in the field afterwards. */
import test from 'ava'
import { formatTypedDay, parseDay } from '../../src/domain/typed-day.ts'

test('a day is read the way people write it, in either language, and as programs copy it', (t) => {
  for (const typed of ['20.11.2026', ' 20/11/2026 ', '20,11,2026', '20-11-2026', '20112026', '2026-11-20'])
    t.is(parseDay(typed), '2026-11-20', typed)
  t.is(parseDay('5.1.2026'), '2026-01-05')
  t.is(parseDay('29.02.2028'), '2028-02-29')
})

test('what is no day of the calendar is none', (t) => {
  for (const typed of [
    '',
    'завтра',
    '20.11',
    '20.11.26',
    '31.11.2026',
    '29.02.2026',
    '11/20/2026',
    '00.01.2026',
  ])
    t.is(parseDay(typed), null, typed)
  t.is(parseDay('20.11.2026 14:30'), null)
})

test('a moment is a day with a clock; a day alone is meant to its end', (t) => {
  t.is(parseDay('20.11.2026 14:30', true), '2026-11-20T14:30')
  t.is(parseDay('20.11.2026 9.05', true), '2026-11-20T09:05')
  t.is(parseDay('2026-11-20T14:30', true), '2026-11-20T14:30')
  t.is(parseDay('20.11.2026', true), '2026-11-20T23:59')
  for (const typed of [
    '20.11.2026 24:00',
    '20.11.2026 14:60',
    '20.11.2026 14',
    '14:30',
    '20.11.2026 14:30 МСК',
  ])
    t.is(parseDay(typed, true), null, typed)
})

test('in the field it stands as the language writes it; what is no day stays as it was typed', (t) => {
  t.is(formatTypedDay('2026-11-20', 'ru'), '20.11.2026')
  t.is(formatTypedDay('2026-11-20', 'en'), '20/11/2026')
  t.is(formatTypedDay('2026-11-20T14:30', 'ru'), '20.11.2026 14:30')
  t.is(formatTypedDay('31.11.2026', 'ru'), '31.11.2026')
  t.is(formatTypedDay('', 'ru'), '')
})
