import { randomBytes } from 'node:crypto'
import test from 'ava'
import { fingerprintsOf } from '../../src/crypto/fingerprint.ts'

const key = (id: string) => ({ id, key: randomBytes(32) })

test('a fingerprint tells equal values, and differs by value, purpose and key', (t) => {
  const [one, other] = [key('one'), key('other')]
  const prints = fingerprintsOf([one])
  const print = prints.of('identity-number', 'RU 11223344595')
  t.is(print, prints.of('identity-number', 'RU 11223344595'))
  t.regex(print, /^one\.[0-9a-f]{64}$/)
  t.not(print, prints.of('identity-number', 'RU 11223344596'))
  t.not(print, prints.of('phone-code', 'RU 11223344595'))
  t.not(print.slice(4), fingerprintsOf([other]).of('identity-number', 'RU 11223344595').slice(6))
})

test('through a rotation an older fingerprint is still recognised, until its key is gone', (t) => {
  const [old, fresh] = [key('old'), key('fresh')]
  const print = fingerprintsOf([old]).of('letter-code', 'k7mqd')
  const ring = fingerprintsOf([fresh, old])
  t.true(ring.matches(print, 'letter-code', 'k7mqd'))
  t.true(ring.all('letter-code', 'k7mqd').includes(print))
  t.false(ring.matches(print, 'letter-code', 'k7mqe'))
  t.false(fingerprintsOf([fresh]).matches(print, 'letter-code', 'k7mqd'))
})

test('whatever stands in the place of a fingerprint is only another one', (t) => {
  const prints = fingerprintsOf([key('one')])
  const { length } = prints.of('passkey-challenge', 'x')
  for (const forged of ['', 'one.', 'é'.repeat(length), 'a'.repeat(length)])
    t.false(prints.matches(forged, 'passkey-challenge', 'x'), forged)
})
