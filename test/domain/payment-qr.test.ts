/** Owns the rules of the payment code. */

import test from 'ava'
import { DomainError } from '../../src/domain/errors.ts'
import { paymentQr } from '../../src/domain/payment-qr.ts'

const payee = {
  payeeName: 'ООО «Ромашка»',
  account: '40702810455000024248',
  bankName: 'СЕВЕРО-ЗАПАДНЫЙ БАНК ПАО СБЕРБАНК',
  bic: '044030653',
}

test('a payment code starts with its five required parts in order and counts in kopecks', (t) => {
  const text = paymentQr({
    ...payee,
    correspondentAccount: '30101810500000000653',
    payeeTaxId: '7707083893',
    kpp: '773601001',
    sumMinor: 773_500,
    purpose: 'Счёт СЧ-2026-000123 от 23.11.2026',
  })
  t.is(
    text,
    'ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810455000024248|BankName=СЕВЕРО-ЗАПАДНЫЙ БАНК ПАО СБЕРБАНК' +
      '|BIC=044030653|CorrespAcc=30101810500000000653|PayeeINN=7707083893|KPP=773601001|Sum=773500' +
      '|Purpose=Счёт СЧ-2026-000123 от 23.11.2026',
  )
})

test('a separator inside a value cannot forge another part', (t) => {
  const text = paymentQr({ ...payee, purpose: 'Оплата|PersonalAcc=1\nSum=5' })
  t.true(text.endsWith('|CorrespAcc=0|Purpose=Оплата PersonalAcc=1 Sum=5'))
})

test('values longer than the standard allows are cut', (t) => {
  const text = paymentQr({ ...payee, purpose: 'я'.repeat(300) })
  t.is(/Purpose=(я+)$/.exec(text)?.[1]?.length, 210)
})

test('a payment code without its required parts is refused by naming them', (t) => {
  const error = t.throws(() => paymentQr({ ...payee, bic: ' ', account: '' }), { instanceOf: DomainError })
  t.is(error.code, 'payment-qr-incomplete')
  t.deepEqual(error.fields, { account: { code: 'required' }, bic: { code: 'required' } })
})
