/** Owns the rules of VAT rates: which one holds on a day. */

import test from 'ava'
import { isDomainError } from '../../src/domain/errors.ts'
import { knownVatRates, vatLabel, vatRateOn } from '../../src/domain/vat.ts'

for (const [country, day, rate] of [
  ['RU', '2018-12-31', '18'],
  ['RU', '2025-12-31', '20'],
  ['RU', '2026-01-01', '22'],
  ['KZ', '2025-12-31', '12'],
  ['KZ', '2026-01-01', '16'],
  ['BY', '2026-11-23', '20'],
] as const) {
  test(`what ships in ${country} on ${day} bears ${rate}%`, (t) => {
    t.is(vatRateOn(knownVatRates, country, 'standard', day), rate)
  })
}

test('a day without a rate is refused rather than guessed', (t) => {
  const error = t.throws(() => vatRateOn(knownVatRates, 'KZ', 'reduced', '2026-11-23'))
  t.true(isDomainError(error, 'vat-rate-missing'))
})

test('the known rates of one country and code never overlap', (t) => {
  for (const a of knownVatRates) {
    const twins = knownVatRates.filter(
      (b) =>
        a !== b &&
        a.country === b.country &&
        a.code === b.code &&
        a.validFrom <= (b.validTo ?? '9999-12-31') &&
        b.validFrom <= (a.validTo ?? '9999-12-31'),
    )
    t.deepEqual(twins, [])
  }
})

test('a rate is written as a percentage, its absence in words', (t) => {
  t.is(vatLabel('22.00'), '22%')
  t.is(vatLabel('7.50'), '7,5%')
  t.is(vatLabel('7.50', 'en'), '7.5%')
  t.is(vatLabel('0'), '0%')
  t.is(vatLabel(null), 'Без НДС')
  t.is(vatLabel(null, 'en'), 'No VAT')
})
