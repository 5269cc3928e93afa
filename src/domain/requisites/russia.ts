/** Owns the Russian registration numbers: ИНН, КПП, ОГРН, ОГРНИП, СНИЛС, ОКВЭД. */

import { checkDigits, misshapen, passed, strip, weightedSum, type Checked } from './checked.ts'

const innWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/**
 * ИНН: 10 digits of a legal entity or 12 of a person; pass `length` when only one of them will do.
 * @returns digits; faults `inn-format` {expected, got}, `inn-checksum`
 */
export function checkInn(text: string, length?: 10 | 12): Checked {
  const value = strip(text)
  const isShaped = /^(\d{10}|\d{12})$/.test(value) && !/^0+$/.test(value)
  if (!isShaped || (length !== undefined && value.length !== length))
    return misshapen(value, 'inn-format', length ?? '10 / 12')
  return checkDigits(value, 'inn-checksum', innHolds, value.length === 10 ? [9] : [10, 11])
}

function innHolds(inn: string): boolean {
  const keys = inn.length === 10 ? [9] : [10, 11]
  // Every check digit is counted over the digits before it with the tail of one row of weights.
  return keys.every((at) => (weightedSum(inn, innWeights.slice(-at)) % 11) % 10 === Number(inn[at]))
}

/** КПП: four digits of the tax office, two digits or capitals of the reason, three digits; it has no check digit. */
export function checkKpp(text: string): Checked {
  const value = strip(text).toUpperCase()
  return /^(?!0000)\d{4}[0-9A-Z]{2}\d{3}$/.test(value) ? passed(value) : misshapen(value, 'kpp-format', 9)
}

/** ОГРН of a legal entity: 13 digits, the first is 1 or 5 (the rest number other records of the register). */
export function checkOgrn(text: string): Checked {
  const value = strip(text)
  if (!/^[15]\d{12}$/.test(value)) return misshapen(value, 'ogrn-format', 13)
  return checkDigits(value, 'ogrn-checksum', (ogrn) => remainderHolds(ogrn, 11n), [12])
}

/** ОГРНИП of an entrepreneur: 15 digits, the first is 3. */
export function checkOgrnip(text: string): Checked {
  const value = strip(text)
  if (!/^3\d{14}$/.test(value)) return misshapen(value, 'ogrnip-format', 15)
  return checkDigits(value, 'ogrnip-checksum', (ogrnip) => remainderHolds(ogrnip, 13n), [14])
}

function remainderHolds(number: string, modulus: bigint): boolean {
  return ((BigInt(number.slice(0, -1)) % modulus) % 10n).toString() === number.at(-1)
}

// Numbers up to 001-001-998 were given out before check digits existed.
const lastUncheckedSnils = '001001998'

/** СНИЛС: 11 digits, stored without marks; `formatSnils` writes it as people know it. */
export function checkSnils(text: string): Checked {
  const value = strip(text)
  if (!/^\d{11}$/.test(value) || /^0+$/.test(value)) return misshapen(value, 'snils-format', 11)
  if (value.slice(0, 9) <= lastUncheckedSnils) return passed(value)
  return checkDigits(value, 'snils-checksum', snilsHolds, [9, 10])
}

function snilsHolds(snils: string): boolean {
  return (weightedSum(snils, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(snils.slice(9))
}

/** `112-233-445 95` */
export function formatSnils(snils: string): string {
  return snils.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4')
}

/** ОКВЭД-2: XX, XX.X, XX.XX, XX.XX.X or XX.XX.XX, where the first pair is not 00. */
export function checkOkved(text: string): Checked {
  const value = text.trim()
  return /^(?!00)\d{2}(\.\d(\d(\.\d\d?)?)?)?$/.test(value)
    ? passed(value)
    : misshapen(value, 'okved-format', '62.01')
}
