/** Owns the Belarusian payer's number, УНП. */

import { checkDigits, misshapen, strip, weightedSum, type Checked } from './checked.ts'

const weights = [29, 23, 19, 17, 13, 7, 5, 3]
const secondLetters = 'ABCEHKMOPT'
const lookAlikes: Record<string, string> = Object.fromEntries(
  Array.from('АВСЕНКМОРТ', (cyrillic, index) => [cyrillic, secondLetters.charAt(index)]),
)

/**
 * УНП: nine digits of an organisation, or two Latin letters and seven digits of a person. Cyrillic look-alikes are
 * taken for the Latin letters they look like.
 */
export function checkUnp(text: string): Checked {
  const value = strip(text)
    .toUpperCase()
    .replace(/[А-Я]/g, (letter) => lookAlikes[letter] ?? letter)
  if (!/^(\d{9}|[ABCEHKM][ABCEHKMOPT]\d{7})$/.test(value) || /^0+$/.test(value))
    return misshapen(value, 'unp-format', 9)
  return checkDigits(value, 'unp-checksum', unpHolds, [8])
}

function unpHolds(unp: string): boolean {
  const key = /^\d/.test(unp) ? weightedSum(unp, weights) % 11 : letteredSum(unp) % 11
  return key === Number(unp[8])
}

/** The first letter counts as its place in 0–9A–Z, the second as its place among the ten letters in use. */
function letteredSum(unp: string): number {
  const first = Number.parseInt(unp.charAt(0), 36)
  const second = secondLetters.indexOf(unp.charAt(1))
  return first * 29 + second * 23 + weightedSum(`00${unp.slice(2)}`, weights)
}
