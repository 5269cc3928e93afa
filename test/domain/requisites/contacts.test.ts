/** Owns the rules of telephone numbers. */

import test from 'ava'
import { checkPhone } from '../../../src/domain/requisites/contacts.ts'

for (const [text, country, value, extension] of [
  ['8-921-684-6838', 'RU', '+79216846838', null],
  ['(8172) 23-01-29', 'RU', '+78172230129', null],
  ['(8172) 71-12-50 доб. 117', 'RU', '+78172711250', '117'],
  ['8 (7172) 55-98-97', 'KZ', '+77172559897', null],
  ['80291234567', 'BY', '+375291234567', null],
  ['+79999999999', 'RU', '+79999999999', null],
  ['+375291111111', 'RU', '+375291111111', null],
  ['8 800 100-00-00', 'RU', '+78001000000', null],
] as const) {
  test(`«${text}» of ${country} is ${value}${extension === null ? '' : ` with extension ${extension}`}`, (t) => {
    t.deepEqual(checkPhone(text, country), { value, fault: null, extension })
  })
}

for (const text of ['7890123456', '12345', 'позвоните мне', '+7 000 000 00 00']) {
  test(`«${text}» is no telephone number`, (t) => t.is(checkPhone(text, 'RU').fault?.code, 'phone-format'))
}
