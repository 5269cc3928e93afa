/** Owns the rules of sums in words: genders, plurals, currencies. */

import test from 'ava'
import { amountInWords, numberInWords } from '../../src/domain/amount-in-words.ts'
import { maxMinor } from '../../src/domain/money.ts'

const roubles = {
  0: 'Ноль рублей 00 копеек',
  5: 'Ноль рублей 05 копеек',
  1: 'Ноль рублей 01 копейка',
  102: 'Один рубль 02 копейки',
  211: 'Два рубля 11 копеек',
  1_112: 'Одиннадцать рублей 12 копеек',
  1_421: 'Четырнадцать рублей 21 копейка',
  2_100: 'Двадцать один рубль 00 копеек',
  104_500: 'Одна тысяча сорок пять рублей 00 копеек',
  200_200: 'Две тысячи два рубля 00 копеек',
  773_500: 'Семь тысяч семьсот тридцать пять рублей 00 копеек',
  1_100_000: 'Одиннадцать тысяч рублей 00 копеек',
  2_100_000: 'Двадцать одна тысяча рублей 00 копеек',
  100_000_000: 'Один миллион рублей 00 копеек',
  200_100_101: 'Два миллиона одна тысяча один рубль 01 копейка',
  100_000_000_000: 'Один миллиард рублей 00 копеек',
  99_999_999_999:
    'Девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек',
}

for (const [minor, words] of Object.entries(roubles)) {
  test(`${minor} kopecks are «${words}»`, (t) => t.is(amountInWords(Number(minor), 'RUB'), words))
}

test('tenge never declines and tiyn does', (t) => {
  t.is(amountInWords(38_500_000, 'KZT'), 'Триста восемьдесят пять тысяч тенге 00 тиын')
  t.is(amountInWords(101, 'KZT'), 'Один тенге 01 тиын')
  t.is(amountInWords(203, 'KZT'), 'Два тенге 03 тиына')
})

test('Belarusian roubles decline as Russian ones', (t) => {
  t.is(amountInWords(6320, 'BYN'), 'Шестьдесят три рубля 20 копеек')
})

test('the largest sum has words', (t) => {
  t.is(amountInWords(maxMinor, 'RUB'), 'Девяносто триллионов рублей 00 копеек')
})

test('a debt is said with minus', (t) => {
  t.is(amountInWords(-100, 'RUB'), 'Минус один рубль 00 копеек')
})

test('English says the same', (t) => {
  t.is(amountInWords(104_500, 'RUB', 'en'), 'One thousand forty-five roubles 00 kopecks')
  t.is(amountInWords(101, 'RUB', 'en'), 'One rouble 01 kopeck')
  t.is(
    amountInWords(38_511_002, 'KZT', 'en'),
    'Three hundred eighty-five thousand one hundred ten tenge 02 tiyn',
  )
  t.is(amountInWords(5, 'BYN', 'en'), 'Zero roubles 05 kopecks')
})

test('a count in words is masculine and starts small', (t) => {
  t.is(numberInWords(21), 'двадцать один')
  t.is(numberInWords(1000), 'одна тысяча')
  t.is(numberInWords(112, 'en'), 'one hundred twelve')
})
