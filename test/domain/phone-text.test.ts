/** Owns how a telephone number is written for people. */

import test from 'ava'
import { formatPhone } from '../../src/domain/phone-text.ts'

test('a number of ours is grouped by spaces that do not break, another stays as it is', (t) => {
  t.is(formatPhone('+78125550120'), '+7\u00a0812\u00a0555-01-20')
  t.is(formatPhone('+375291234567'), '+375\u00a029\u00a0123-45-67')
  t.is(formatPhone('+4930123456'), '+4930123456')
  t.is(formatPhone('8 (812) 555-01-20'), '8 (812) 555-01-20')
})
