/** Owns the rules of waiting before another try. */

import test from 'ava'
import { accountingBackOff, mailBackOff, nextDelay, type BackOff } from '../../src/domain/back-off.ts'

const schedule = (backOff: BackOff) =>
  Array.from({ length: backOff.attempts }, (_, index) => nextDelay(backOff, index + 1))

test('accounting is tried six times, after 1, 5, 15 and then 60 minutes', (t) => {
  t.deepEqual(schedule(accountingBackOff), [60, 300, 900, 3600, 3600, null])
})

test('a letter is tried twelve times and outlives an hour without SMTP, however the dice fall', (t) => {
  const delays = schedule(mailBackOff)
  t.is(delays.length, 12)
  t.is(delays.at(-1), null)
  const shortest = delays.slice(0, -1).reduce<number>((sum, delay) => sum + (delay ?? 0) * 0.9, 0)
  t.true(shortest > 2 * 3600)
})

test('jitter moves a delay by a tenth at most', (t) => {
  t.is(nextDelay(accountingBackOff, 1, 0), 54)
  t.true((nextDelay(accountingBackOff, 1, 0.999) ?? 0) <= 66)
})
