/** Owns the rules of waiting before another try. */

import test from 'ava'
import { accountingBackOff, delayAfter, mailBackOff, type BackOff } from '../../src/domain/back-off.ts'

/** The pauses between the tries of a schedule, in seconds. */
const pauses = (backOff: BackOff, jitter = 0.5) =>
  Array.from({ length: backOff.attempts - 1 }, (_, index) => delayAfter(backOff, index + 1, jitter))

test('accounting is tried six times, after 1, 5, 15 and then 60 minutes', (t) => {
  t.deepEqual(pauses(accountingBackOff), [60, 300, 900, 3600, 3600])
})

test('a letter is tried twelve times and outlives an hour without SMTP, however the dice fall', (t) => {
  const shortest = pauses(mailBackOff, 0)
  t.is(shortest.length, 11)
  t.true(shortest.reduce((sum, pause) => sum + pause) > 2 * 3600)
})

test('jitter moves a delay by a tenth at most', (t) => {
  t.is(delayAfter(accountingBackOff, 1, 0), 54)
  t.true(delayAfter(accountingBackOff, 1, 0.999) <= 66)
})
