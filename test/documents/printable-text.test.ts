/** Owns the proof that any text a person can paste becomes one the typesetter survives. */
import test from 'ava'
import { breakLongRuns, printable, printableText } from '../../src/documents/printable-text.ts'

test('long runs get places to break, words stay whole', (t) => {
  t.is(breakLongRuns('короткие слова остаются', 10), 'короткие слова остаются')
  t.is(breakLongRuns('a'.repeat(25), 10), `${'a'.repeat(10)}\u200b${'a'.repeat(10)}\u200b${'a'.repeat(5)}`)
  const longest = Math.max(
    ...printableText('ж'.repeat(9000))
      .split('\u200b')
      .map((run) => run.length),
  )
  t.is(longest, 60)
})

test('controls, direction overrides and broken characters go; line breaks stay', (t) => {
  t.is(printableText('а\u0000б\u001bв\u202eг\ufeff'), 'абвг')
  t.is(printableText('а\r\nб\tв'), 'а\nб в')
  t.is(printableText('а\ud800б'), 'аб')
  t.is(printableText('1\u202f000'), '1\u00a0000')
  t.is(printableText('x '.repeat(9000)).length, 10_000)
})

test('every string of a value is cleaned, numbers and keys stay', (t) => {
  t.deepEqual(printable({ a: ['\u0001b'], c: { d: 1, e: true } }), { a: ['b'], c: { d: 1, e: true } })
})
