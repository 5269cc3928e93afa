/** Owns the rules of telephone numbers. */

import test from 'ava'
import { checkPhone, formatPhone } from '../../../src/domain/requisites/contacts.ts'

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

test('a number is shown in groups that do not break', (t) => {
  t.is(formatPhone('+79216846838'), '+7\u00A0921\u00A0684\u00A068\u00A038')
  t.is(formatPhone('+78172711250', '117').replaceAll('\u00A0', ' '), '+7 817 271 12 50 доб. 117')
  t.true(formatPhone('+78172711250', '117', 'en').endsWith('ext.\u00A0117'))
})
