/** Owns the rules of money: rounding, VAT, totals, and sums as people read and write them. */

import test from 'ava'
import { isDomainError } from '../../src/domain/errors.ts'
import {
  documentTotals,
  formatMoney,
  formatQuantity,
  formatSum,
  lineAmounts,
  maxMinor,
  parseMoney,
  parseQuantity,
  timesQuantity,
  totalsByVat,
  vatFromGross,
  vatFromNet,
} from '../../src/domain/money.ts'

test('a sum is written with spaces that do not break, a comma and its sign', (t) => {
  t.is(formatMoney(773_500, 'RUB'), '7\u00A0735,00\u00A0₽')
  t.is(formatMoney(38_500_000, 'KZT'), '385\u00A0000,00\u00A0₸')
  t.is(formatMoney(6320, 'BYN'), '63,20\u00A0Br')
})

test('in English the same sum has a dot and commas', (t) => {
  t.is(formatMoney(123_456_789, 'RUB', 'en'), '1,234,567.89\u00A0₽')
})

test('nothing, a kopeck and a debt are written in full', (t) => {
  t.is(formatSum(0), '0,00')
  t.is(formatSum(5), '0,05')
  t.is(formatSum(-104_500), '\u22121\u00A0045,00')
})

test('the largest sum the database keeps is written without losing a kopeck', (t) => {
  t.is(formatSum(maxMinor, 'en'), '90,000,000,000,000.00')
  t.is(formatSum(maxMinor - 1, 'en'), '89,999,999,999,999.99')
})

for (const [text, minor] of [
  ['7 735,00', 773_500],
  ['7\u00A0735,00\u00A0₽', 773_500],
  ['7\u202F735.5', 773_550],
  ['1,234,567.00', 123_456_700],
  ['1.234,50', 123_450],
  ['1,234,567', 123_456_700],
  ['63,20 Br', 6320],
  ['1045 руб.', 104_500],
  ['0,05', 5],
  ['12.', 1200],
  ['\u2212100', -10_000],
  ['90000000000000', maxMinor],
] as const) {
  test(`«${text}» is read as ${minor} minor units`, (t) => t.is(parseMoney(text), minor))
}

for (const text of ['', 'сто', '1,2345', '1,234', '1.2.3', '12,,5', '--5', '1e5', '0x10']) {
  test(`«${text}» is refused as a sum`, (t) => {
    t.true(
      isDomainError(
        t.throws(() => parseMoney(text)),
        'money-format',
      ),
    )
  })
}

test('a sum beyond what the database keeps is refused', (t) => {
  t.true(
    isDomainError(
      t.throws(() => parseMoney('90000000000000,01')),
      'money-too-large',
    ),
  )
  t.true(
    isDomainError(
      t.throws(() => timesQuantity(maxMinor, '2')),
      'money-too-large',
    ),
  )
})

test('whatever is written is read back', (t) => {
  for (const minor of [0, 1, 99, 100, 12_345, 999_999_99, -6320, maxMinor]) {
    t.is(parseMoney(formatMoney(minor, 'RUB')), minor)
    t.is(parseMoney(formatMoney(minor, 'KZT', 'en')), minor)
  }
})

test('a quantity has up to three decimals and is kept with a dot', (t) => {
  t.is(parseQuantity('1,5'), '1.5')
  t.is(parseQuantity('007'), '7')
  t.is(parseQuantity('7,'), '7')
  t.is(parseQuantity('2.000'), '2')
  t.is(parseQuantity('0,125'), '0.125')
  t.true(
    isDomainError(
      t.throws(() => parseQuantity('1,2345')),
      'quantity-format',
    ),
  )
  t.true(
    isDomainError(
      t.throws(() => parseQuantity('-1')),
      'quantity-format',
    ),
  )
})

test('a quantity is shown without idle zeros', (t) => {
  t.is(formatQuantity('1000.000'), '1\u00A0000')
  t.is(formatQuantity('1.500'), '1,5')
  t.is(formatQuantity('1000.5', 'en'), '1,000.5')
})

test('half a kopeck rounds up, less than half rounds down', (t) => {
  t.is(timesQuantity(1, '0.5'), 1)
  t.is(timesQuantity(1, '0.499'), 0)
  t.is(timesQuantity(333, '1.5'), 500)
  t.is(timesQuantity(104_500, '3.000'), 313_500)
})

test('a correction rounds as the mirror of what it corrects', (t) => {
  t.is(timesQuantity(-1, '0.5'), -1)
  t.is(vatFromGross(-104_500, '22'), -18_844)
})

test('products beyond a double stay exact', (t) => {
  t.is(timesQuantity(8_999_999_999_999_999, '0.999'), 8_990_999_999_999_999)
})

test('1 045,00 holds 188,44 of VAT at 22%, 174,17 at 20% and none without VAT', (t) => {
  t.is(vatFromGross(104_500, '22'), 18_844)
  t.is(vatFromGross(104_500, '22.00'), 18_844)
  t.is(vatFromGross(104_500, '20'), 17_417)
  t.is(vatFromGross(104_500, null), 0)
  t.is(vatFromGross(104_500, '0'), 0)
})

test('VAT of a few kopecks and of a billion is exact', (t) => {
  t.is(vatFromGross(5, '22'), 1)
  t.is(vatFromGross(100_000_000_000, '22'), 18_032_786_885)
  t.is(vatFromNet(100_000_000_000, '22'), 22_000_000_000)
  t.is(vatFromNet(25, '10'), 3)
})

test('a line takes VAT from inside its price unless the price is net', (t) => {
  const line = { priceMinor: 104_500, quantity: '2', vatPercent: '22' }
  t.deepEqual(lineAmounts(line), { netMinor: 171_311, vatMinor: 37_689, totalMinor: 209_000 })
  t.deepEqual(lineAmounts({ ...line, priceIncludesVat: false }), {
    netMinor: 209_000,
    vatMinor: 45_980,
    totalMinor: 254_980,
  })
})

test('a document totals its lines and does not count VAT anew', (t) => {
  const line = lineAmounts({ priceMinor: 5, quantity: '1', vatPercent: '22' })
  const totals = documentTotals([line, line, line])
  t.deepEqual(totals, { netMinor: 12, vatMinor: 3, totalMinor: 15 })
  t.is(totals.netMinor + totals.vatMinor, totals.totalMinor)
  t.deepEqual(documentTotals([]), { netMinor: 0, vatMinor: 0, totalMinor: 0 })
})

const of = (priceMinor: number, vatPercent: string | null) => ({
  vatPercent,
  ...lineAmounts({ priceMinor, quantity: '1', vatPercent }),
})

test('a mixed invoice is summed by rate, without VAT last', (t) => {
  const lines = [of(104_500, null), of(104_500, '10'), of(104_500, '22'), of(1000, '22')]
  t.deepEqual(
    totalsByVat(lines).map(({ vatPercent, totalMinor }) => [vatPercent, totalMinor]),
    [
      ['22', 105_500],
      ['10', 104_500],
      [null, 104_500],
    ],
  )
})

test('a fraction of a kopeck is a defect of the program, not a sum', (t) => {
  t.throws(() => formatMoney(0.5, 'RUB'), { instanceOf: RangeError })
  t.throws(() => vatFromNet(Number.MAX_SAFE_INTEGER + 1, '22'), { instanceOf: RangeError })
})
