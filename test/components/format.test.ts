/** How the screens write numbers, days and codes. */
import test from 'ava'
import {
  dayOf,
  formatCode,
  formatCount,
  formatDay,
  formatMoment,
  formatMoney,
  formatSize,
  formatTyped,
  formatWait,
  instantOf,
  shortNumber,
  sumText,
  typedMoney,
  wallOf,
  withoutTail,
} from '../../admin/components/format.ts'
import { isFeminine } from '../../admin/components/record/is-feminine.ts'

const words = {
  now: 'только что',
  minutesAgo: (count: number) => `${count} мин назад`,
  inMinutes: (count: number) => `через ${count} мин`,
  today: 'сегодня',
  yesterday: 'вчера',
  tomorrow: 'завтра',
}
const now = new Date('2026-11-23T07:45:00Z')
const said = (at: string) => formatMoment(at, 'ru', 'Europe/Moscow', words, now)

test('money keeps its kopecks, its sign and unbroken spaces', (t) => {
  t.is(formatMoney(773_500, 'RUB', 'ru'), '7\u00a0735,00\u00a0₽')
  t.is(formatMoney(38_500_000, 'KZT', 'ru'), '385\u00a0000,00\u00a0₸')
  t.is(formatMoney(6320, 'BYN', 'en'), '63.20\u00a0Br')
  t.is(sumText(773_500, 'ru'), '7\u00a0735,00')
})

test('a decimal stands in its field with the mark of the language and without what its column adds', (t) => {
  t.is(formatTyped('16.5', 'ru'), '16,5')
  t.is(formatTyped('16.5', 'en'), '16.5')
  t.is(formatTyped('16.', 'ru'), '16,', 'while it is typed')
  t.deepEqual(['16.00', '16.50', '100', '0.00'].map(withoutTail), ['16', '16.5', '100', '0'])
})

test('an amount is read the way people type it, and nonsense is no amount', (t) => {
  t.is(typedMoney('1 045,5'), 104_550)
  t.is(typedMoney('12'), 1200)
  t.is(typedMoney('12,'), 1200, 'while it is typed')
  for (const language of ['ru', 'en'] as const)
    for (const minor of [773_550, 120_000, 1])
      t.is(typedMoney(formatMoney(minor, 'RUB', language)), minor, 'what a screen shows is taken back')
  t.is(typedMoney('12,345'), null)
  t.is(typedMoney('-5'), null)
  t.is(typedMoney('дорого'), null)
})

test('what is no sum breaks no screen', (t) => {
  t.is(sumText(773_550, 'ru'), '7\u00a0735,50')
  for (const minor of [12.345, Number.NaN, 2 ** 60]) t.is(sumText(minor, 'ru'), '—')
})

test('a count that stopped says so', (t) => {
  t.is(formatCount({ count: 10_000, isCapped: true }, 'ru'), '10\u00a0000+')
  t.is(formatCount({ count: 48, isCapped: false }, 'ru'), '48')
})

test('a day is the same day in every time zone', (t) => {
  t.is(formatDay('2026-11-20', 'ru'), '20.11.2026')
  t.is(dayOf(new Date('2026-11-22T22:30:00Z'), 'Europe/Moscow'), '2026-11-23')
  t.is(dayOf(new Date('2026-11-22T22:30:00Z'), 'UTC'), '2026-11-22')
})

test('an instant is told as one would say it', (t) => {
  t.is(said('2026-11-23T07:44:50Z'), 'только что')
  t.is(said('2026-11-23T07:41:00Z'), '4 мин назад')
  t.is(said('2026-11-23T05:41:00Z'), 'сегодня, 08:41')
  t.is(said('2026-11-22T14:20:00Z'), 'вчера, 17:20')
  t.is(said('2026-11-20T13:02:00Z'), '20 ноября, 16:02')
  t.is(said('2025-11-20T13:02:00Z'), '20.11.2025')
  t.is(said('2026-11-24T06:00:00Z'), 'завтра, 09:00')
})

test('codes are grouped for the eye, strange ones stay whole', (t) => {
  t.is(formatCode('inn', '7801234564'), '7801\u00a0234\u00a0564')
  t.is(formatCode('kpp', '780101001'), '780\u00a0101\u00a0001')
  t.is(formatCode('inn', '78012'), '78012')
  t.is(formatCode('phone', '+78125550120'), '+7\u00a0812\u00a0555-01-20')
})

test('a file says its size in the unit a person expects', (t) => {
  t.is(formatSize(500, 'ru'), '500\u00a0Б')
  t.is(formatSize(188_416, 'ru'), '184\u00a0КБ')
  t.is(formatSize(1_258_291, 'ru'), '1,2\u00a0МБ')
})

test('the past tense agrees with who acted', (t) => {
  t.true(isFeminine('Марина Ким'))
  t.true(isFeminine('Ольга Орлова'))
  t.true(isFeminine('Диана Салаватовна'))
  t.false(isFeminine('Павел Орлов'))
  t.false(isFeminine('Илья Ким'))
  t.false(isFeminine('Никита Сергеевич'))
})

test('a wait is told in the largest unit that says something', (t) => {
  t.is(formatWait(20_000, 'ru'), '1\u00a0мин')
  t.is(formatWait(25 * 60_000, 'en'), '25\u00a0min')
  t.is(formatWait(150 * 60_000, 'ru'), '2\u00a0ч')
  t.is(formatWait(72 * 3_600_000, 'ru'), '3\u00a0дн.')
})

test('a number of ours is told by its last part, a number of theirs whole', (t) => {
  t.is(shortNumber('АКТ-2026-000012'), '12')
  t.is(shortNumber('778/А'), '778/А')
})

test('a date with a time is typed by the clock of the reader, wherever the server stands', (t) => {
  t.is(instantOf('2026-11-30T00:05', 'Asia/Almaty'), '2026-11-29T19:05:00.000Z')
  t.is(wallOf('2026-11-29T19:05:00.000Z', 'Asia/Almaty'), '2026-11-30T00:05')
  t.is(instantOf('', 'Asia/Almaty'), null)
})
