/** Owns the rules that bind one requisite to another. */

import test from 'ava'
import {
  blockingFaults,
  checkBankAccount,
  checkRequisites,
  type RequisitesInput,
} from '../../src/domain/requisites.ts'

const bank: RequisitesInput = {
  country: 'RU',
  kind: 'legal',
  taxId: '7707083893',
  kpp: '773601001',
  registrationNumber: '1027700132195',
  okved: '64.19',
  email: 'Info@Example.RU',
  phone: '(8172) 71-12-50 доб. 117',
}
const entrepreneur: RequisitesInput = {
  country: 'RU',
  kind: 'entrepreneur',
  taxId: '500100732259',
  registrationNumber: '304500116000157',
}
const codes = (input: RequisitesInput) =>
  Object.fromEntries(
    Object.entries(checkRequisites(input).faults).map(([field, fault]) => [field, fault?.code]),
  )

test('right requisites have no faults and come back as they are stored', (t) => {
  t.deepEqual(checkRequisites(bank), {
    values: {
      taxId: '7707083893',
      kpp: '773601001',
      registrationNumber: '1027700132195',
      okved: '64.19',
      email: 'Info@example.ru',
      phone: '+78172711250',
      phoneExtension: '117',
    },
    faults: {},
  })
  t.deepEqual(codes(entrepreneur), {})
})

test('the values of the manual are each refused at their own field', (t) => {
  t.deepEqual(codes({ ...bank, taxId: '1234567890', kpp: '4444444444' }), {
    taxId: 'inn-checksum',
    kpp: 'kpp-format',
  })
})

test('a faulty value is kept, so that a draft loses nothing', (t) => {
  t.is(checkRequisites({ ...bank, taxId: '1234567890' }).values.taxId, '1234567890')
  t.is(checkRequisites({ ...bank, phone: 'позвоните' }).values.phone, 'позвоните')
})

test('КПП is required of a Russian organisation and of nobody else', (t) => {
  t.deepEqual(codes({ ...bank, kpp: null }), { kpp: 'kpp-required' })
  t.deepEqual(codes({ ...entrepreneur, kpp: '773601001' }), { kpp: 'kpp-not-expected' })
  t.deepEqual(codes({ country: 'KZ', kind: 'legal', taxId: '020240000555', kpp: '773601001' }), {
    kpp: 'kpp-not-expected',
  })
})

test('ОГРН goes with an ИНН of ten digits and ОГРНИП with one of twelve', (t) => {
  t.deepEqual(codes({ ...bank, registrationNumber: '304500116000157' }), {
    registrationNumber: 'ogrn-expected',
  })
  t.deepEqual(codes({ ...entrepreneur, registrationNumber: '1027700132195' }), {
    registrationNumber: 'ogrnip-expected',
  })
  t.deepEqual(codes({ ...bank, registrationNumber: '1027700132196' }), {
    registrationNumber: 'ogrn-checksum',
  })
  t.deepEqual(codes({ ...bank, registrationNumber: '12' }), { registrationNumber: 'ogrn-format' })
})

test('the tax id is that of the kind of organisation', (t) => {
  t.is(codes({ ...bank, taxId: '500100732259' })['taxId'], 'tax-id-kind-mismatch')
  t.deepEqual(codes({ country: 'KZ', kind: 'legal', taxId: '020240000555' }), {})
  t.deepEqual(codes({ country: 'KZ', kind: 'entrepreneur', taxId: '850101300124' }), {})
  t.deepEqual(codes({ country: 'KZ', kind: 'legal', taxId: '850101300124' }), {
    taxId: 'tax-id-kind-mismatch',
  })
  t.deepEqual(codes({ country: 'BY', kind: 'entrepreneur', taxId: 'МА1953684' }), {})
})

test('a tax id is wanted and the rest may be empty', (t) => {
  t.deepEqual(codes({ country: 'BY', kind: 'legal', taxId: '  ' }), { taxId: 'required' })
})

test('activity is ОКВЭД in Russia and five digits elsewhere', (t) => {
  t.deepEqual(codes({ ...bank, okved: '6419' }), { okved: 'okved-format' })
  const kazakh = { country: 'KZ', kind: 'legal', taxId: '020240000555' } as const
  t.is(checkRequisites({ ...kazakh, okved: '62.01.0' }).values.okved, '62010')
  t.deepEqual(codes({ ...kazakh, okved: '62.01' }), { okved: 'oked-format' })
})

test('only a fault of format stands in the way of submitting whatever the reason', (t) => {
  const format = { kind: 'format', code: 'inn-format' } as const
  const key = { kind: 'checksum', code: 'ogrn-checksum' } as const
  const other = { kind: 'cross', code: 'kpp-required' } as const
  t.deepEqual(blockingFaults({ taxId: format, registrationNumber: key, kpp: other }), { taxId: format })
})

test('a Russian account is checked together with its bank', (t) => {
  const account = {
    country: 'RU',
    bic: '044030653',
    account: '40702810455000024248',
    correspondentAccount: '30101810500000000653',
  } as const
  t.deepEqual(checkBankAccount(account).faults, {})
  const { faults } = checkBankAccount({ ...account, bic: '044525225' })
  t.is(faults['account']?.code, 'account-checksum')
  t.is(faults['correspondentAccount']?.code, 'correspondent-account-mismatch')
  t.is(checkBankAccount({ country: 'RU' }).faults['account']?.code, 'required')
})

test('an account abroad is an IBAN in a bank with a BIC', (t) => {
  const account = { country: 'KZ', bic: 'HSBKKZKX', account: 'KZ86125KZT5004100100' } as const
  t.deepEqual(checkBankAccount(account).faults, {})
  t.is(
    checkBankAccount({ ...account, account: '40702810455000024248' }).faults['account']?.code,
    'iban-format',
  )
})
