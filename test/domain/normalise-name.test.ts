/** Owns the rules of the search form of a name. */

import test from 'ava'
import { normaliseName } from '../../src/domain/normalise-name.ts'

test('names that differ by case, ё, quotes, dashes and spaces are found by one another', (t) => {
  t.is(normaliseName('  ООО  «Ёлка – Север» '), 'ооо елка - север')
  t.is(normaliseName('ООО „ЕЛКА — север“'), 'ооо елка - север')
  t.is(normaliseName(`O'Neill's \`Co\`\u00A0"Ltd"`), 'oneills co ltd')
})
