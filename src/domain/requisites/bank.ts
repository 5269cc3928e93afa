/** Owns the numbers of banks and accounts: БИК, Р/С, К/С of Russia, BIC and IBAN of Kazakhstan and Belarus. */

import { checkDigits, misshapen, passed, strip, weightedSum, type Checked } from './checked.ts'

// 050–999 are banks, 000–002 units of the Bank of Russia; offices of the treasury begin with 00 or 01.
const bikShape = /^([012]4\d{4}(00[012]|0[5-9]\d|[1-9]\d\d)|0[01]\d{7})$/
const keyAt = 8

/** БИК of a Russian bank: nine digits, no check digit. */
export function checkBik(text: string): Checked {
  const value = strip(text)
  return bikShape.test(value) && !/^0+$/.test(value) ? passed(value) : misshapen(value, 'bik-format', 9)
}

/**
 * A settlement account of 20 digits; its ninth is a key counted together with the БИК, so without a right БИК only
 * the shape is checked. Accounts of the treasury that begin with 0 have no key.
 */
export function checkAccount(text: string, bik: string): Checked {
  const value = strip(text)
  if (!/^\d{20}$/.test(value) || /^0+$/.test(value)) return misshapen(value, 'account-format', 20)
  if (checkBik(bik).fault !== null || value.startsWith('0')) return passed(value)
  const prefix = isTreasurySingle(value) || isCentralBank(bik) ? centralPrefix(bik) : strip(bik).slice(6)
  return checkDigits(value, 'account-checksum', (account) => keyHolds(prefix, account), [keyAt])
}

/**
 * A correspondent account: 30101810… ending with the last three digits of the БИК, or the treasury's single account
 * 40102810…; faults `correspondent-account-format`, `-mismatch` {expected}, `-checksum`.
 */
export function checkCorrespondentAccount(text: string, bik: string): Checked {
  const value = strip(text)
  if (!/^(30101|40102)810\d{12}$/.test(value)) return misshapen(value, 'correspondent-account-format', 20)
  if (checkBik(bik).fault !== null) return passed(value)
  const ending = strip(bik).slice(6)
  if (!isTreasurySingle(value) && !value.endsWith(ending))
    return {
      value,
      fault: { kind: 'cross', code: 'correspondent-account-mismatch', params: { expected: ending } },
    }
  const prefix = centralPrefix(bik)
  return checkDigits(value, 'correspondent-account-checksum', (account) => keyHolds(prefix, account), [keyAt])
}

/** The international code of a Kazakh or Belarusian bank: 8 or 11 characters naming its country. */
export function checkBic(text: string, country: 'KZ' | 'BY'): Checked {
  const value = strip(text).toUpperCase()
  const isShaped = new RegExp(`^[A-Z]{4}${country}[A-Z0-9]{2}([A-Z0-9]{3})?$`).test(value)
  return isShaped ? passed(value) : misshapen(value, 'bic-format', '8 / 11')
}

const ibanShapes = {
  KZ: { shape: /^KZ\d{5}[A-Z0-9]{13}$/, length: 20 },
  BY: { shape: /^BY\d{2}[A-Z]{4}\d{4}[A-Z0-9]{16}$/, length: 28 },
}

/** IBAN of Kazakhstan (20 characters) or Belarus (28), ISO 13616: its remainder by 97 is one. */
export function checkIban(text: string, country: 'KZ' | 'BY'): Checked {
  const value = strip(text).toUpperCase()
  const { shape, length } = ibanShapes[country]
  if (!shape.test(value)) return misshapen(value, 'iban-format', length)
  return checkDigits(value, 'iban-checksum', ibanHolds, [2, 3])
}

function ibanHolds(iban: string): boolean {
  // A transposition may carry a letter out of its place; such a candidate is no IBAN.
  if (!/^[A-Z]{2}\d{2}/.test(iban)) return false
  const turned = iban.slice(4) + iban.slice(0, 4)
  const digits = turned.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)))
  return BigInt(digits) % 97n === 1n
}

function keyHolds(prefix: string, account: string): boolean {
  const weights = Array.from({ length: 23 }, (_, index) => [7, 1, 3][index % 3] ?? 0)
  return weightedSum(prefix + account, weights) % 10 === 0
}

const isTreasurySingle = (account: string) => account.startsWith('40102')
const isCentralBank = (bik: string) => /00[012]$/.test(strip(bik))
const centralPrefix = (bik: string) => `0${strip(bik).slice(4, 6)}`
