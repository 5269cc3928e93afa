import test from 'ava'
import type { Country } from '../../src/domain/requisites/country.ts'
import { readRegisterRow } from '../../src/registers/files/read-register-row.ts'
import { registerFields, type RegisterField } from '../../src/registers/files/register-columns.ts'

/** A row in the order of the fields. */
const read = (country: Country, row: Partial<Record<RegisterField, string>>) =>
  readRegisterRow(
    registerFields.map((field) => row[field] ?? ''),
    Object.fromEntries(registerFields.map((field, at) => [field, at])),
    country,
  )

test('a row becomes an organisation with its numbers in the form we store', (t) => {
  t.deepEqual(
    read('RU', {
      taxId: ' 7707083893 ',
      kpp: '773601001',
      name: 'ПАО\u00a0 Сбербанк',
      registrationNumber: '1027700132195',
      headName: 'Греф Герман Оскарович',
      okved: '64.19',
    }),
    {
      fault: null,
      organisation: {
        country: 'RU',
        taxId: '7707083893',
        kpp: '773601001',
        kind: 'legal',
        name: 'ПАО Сбербанк',
        shortName: null,
        registrationNumber: '1027700132195',
        address: null,
        headName: 'Греф Герман Оскарович',
        headPosition: null,
        okved: '64.19',
        state: 'active',
      },
    },
  )
})

test('zeros a spreadsheet has eaten come back when the check digit agrees, and only then', (t) => {
  // 0274062111 is an ИНН of Bashkortostan.
  t.is(read('RU', { taxId: '274062111', kpp: '27401001', name: 'Уфа' })?.organisation?.taxId, '0274062111')
  t.is(read('RU', { taxId: '274062111', kpp: '27401001', name: 'Уфа' })?.organisation?.kpp, '027401001')
  t.is(
    read('KZ', { taxId: '50440000005', name: 'ТОО' })?.organisation?.taxId ?? null,
    read('KZ', { taxId: '050440000005', name: 'ТОО' })?.organisation?.taxId ?? null,
  )
  t.is(read('RU', { taxId: '274062112', name: 'Уфа' })?.fault?.code, 'inn-checksum')
})

test('a row that cannot be taken says why', (t) => {
  const fault = (country: Country, row: Parameters<typeof read>[1]) => read(country, row)?.fault?.code
  t.is(fault('RU', { name: 'Без номера' }), 'register-row-no-tax-id')
  t.is(fault('RU', { taxId: '7707083893' }), 'register-row-no-name')
  t.is(fault('RU', { taxId: '7707083894', name: 'x' }), 'inn-checksum')
  t.is(fault('RU', { taxId: '77070838', name: 'x' }), 'inn-format')
  t.is(fault('RU', { taxId: '7707083893', kpp: '7736', name: 'x' }), 'kpp-format')
  t.is(fault('RU', { taxId: '7707083893', registrationNumber: '1027700132190', name: 'x' }), 'ogrn-checksum')
  t.is(fault('BY', { taxId: '100582330', name: 'x' }), 'unp-checksum')
  t.is(fault('RU', { taxId: '7707083893', name: 'x\ufffd' }), 'register-row-encoding')
  t.is(fault('RU', { taxId: '7707083893', name: 'я'.repeat(1001) }), 'register-row-too-long')
  t.is(read('RU', {}), null)
})

test('a file may leave the КПП out, and a dash means none', (t) => {
  for (const kpp of ['', '-', '0', '000000000'])
    t.is(read('RU', { taxId: '7707083893', kpp, name: 'x' })?.organisation?.kpp, null)
})

test('who it is and how it lives is read from words', (t) => {
  const state = (text: string) =>
    read('RU', { taxId: '7707083893', name: 'x', state: text })?.organisation?.state
  t.is(state('Действующая'), 'active')
  t.is(state('Ликвидировано'), 'liquidated')
  t.is(state('Прекратило деятельность'), 'liquidated')
  t.is(state('Находится в стадии ликвидации'), 'liquidating')
  t.is(state('Реорганизация в форме слияния'), 'reorganising')
  t.is(state('Конкурсное производство, банкрот'), 'bankrupt')
  t.is(read('RU', { taxId: '500100732259', name: 'Иванов' })?.organisation?.kind, 'entrepreneur')
  t.is(read('BY', { taxId: '100582333', name: 'ИП Иванов' })?.organisation?.kind, 'entrepreneur')
})
