/** Owns the rules of counting nouns. */

import test from 'ava'
import { plural } from '../../src/domain/plural.ts'

test('Russian counts one act, two acts and five acts by three forms', (t) => {
  const acts = { one: 'акт', few: 'акта', many: 'актов' }
  const said = [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 100, 101, 111, 112, 1.5].map((count) =>
    plural(count, acts),
  )
  t.is(said.join(' '), 'актов акт акта акта актов актов актов актов акт акта актов акт актов актов акта')
})

test('English has one form for one and another for the rest', (t) => {
  const said = [0, 1, 2, 21].map((count) => plural(count, { one: 'act', many: 'acts' }))
  t.deepEqual(said, ['acts', 'act', 'acts', 'acts'])
})
