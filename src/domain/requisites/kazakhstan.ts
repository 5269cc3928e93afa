/** Owns the Kazakh registration numbers: БИН of organisations and ИИН of people, one check digit for both. */

import { checkDigits, misshapen, strip, weightedSum, type Checked } from './checked.ts'

const firstPass = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const secondPass = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/**
 * БИН: year and month of registration, 4 resident / 5 non-resident / 6 joint entrepreneurs, then 0 head office /
 * 1 branch / 2 representation / 3 farm.
 */
export function checkBin(text: string): Checked {
  const value = strip(text)
  if (!/^\d{2}(0[1-9]|1[0-2])[456][0-3]\d{6}$/.test(value)) return misshapen(value, 'bin-format', 12)
  return checkDigits(value, 'bin-checksum', numberHolds, [11])
}

/** ИИН: the date of birth, then the century and the sex (1–6, 0 for a foreigner). */
export function checkIin(text: string): Checked {
  const value = strip(text)
  if (!/^\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[0-6]\d{5}$/.test(value))
    return misshapen(value, 'iin-format', 12)
  return checkDigits(value, 'iin-checksum', numberHolds, [11])
}

/** Whether a number is shaped as a person's: its fifth digit is that of a day of the month. */
export function looksLikeIin(text: string): boolean {
  return /^\d{4}[0-3]/.test(strip(text))
}

function numberHolds(number: string): boolean {
  const first = weightedSum(number, firstPass) % 11
  const key = first === 10 ? weightedSum(number, secondPass) % 11 : first
  return key === Number(number[11])
}
