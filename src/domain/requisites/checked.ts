/** Owns what a check of one requisite answers, and the search for the likely fix of a mistyped number. */

/**
 * Why a value is not right. `format` (length, characters) always blocks submitting; `checksum` and `cross` (the
 * value disagrees with another field) may be accepted by a person with the right and a reason.
 */
export type RequisiteFault = Readonly<{
  kind: 'format' | 'checksum' | 'cross'
  /** A kebab-case key under `errors.*`. */
  code: string
  params?: Readonly<Record<string, string | number>>
  /** The value the person most likely meant. */
  suggestion?: string
}>

/** The value in the form we store, and what is wrong with it, if anything. A draft keeps faulty values. */
export type Checked = Readonly<{ value: string; fault: RequisiteFault | null }>

/** Drops what people put between digits: spaces of every kind, dashes, dots at the ends. */
export function strip(text: string): string {
  return text.replace(/[\s\u00AD\u200B\u2060\uFEFF-]|\p{Pd}/gu, '')
}

export function passed(value: string): Checked {
  return { value, fault: null }
}

export function misshapen(value: string, code: string, expected: string | number): Checked {
  return { value, fault: { kind: 'format', code, params: { expected, got: value.length } } }
}

/**
 * A number of known shape against its check digits.
 * @param keyAt the indexes of the check digits: the likely fix replaces them
 */
export function checkDigits(
  value: string,
  code: string,
  holds: (digits: string) => boolean,
  keyAt: readonly number[],
): Checked {
  if (holds(value)) return passed(value)
  const suggestion = likelyFix(value, holds, keyAt)
  return { value, fault: { kind: 'checksum', code, ...(suggestion === undefined ? {} : { suggestion }) } }
}

/** Σ digit × weight over as many digits as there are weights. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)
}

/** The right check digits if only one choice holds, else the only neighbours whose exchange makes it hold. */
function likelyFix(
  value: string,
  holds: (digits: string) => boolean,
  keyAt: readonly number[],
): string | undefined {
  return only(withOtherKeys(value, keyAt).filter(holds)) ?? only(withNeighboursSwapped(value).filter(holds))
}

function only(candidates: string[]): string | undefined {
  return new Set(candidates).size === 1 ? candidates[0] : undefined
}

function withOtherKeys(value: string, keyAt: readonly number[]): string[] {
  const digits = Array.from('0123456789')
  return keyAt.reduce(
    (made, at) =>
      made.flatMap((text) => digits.map((digit) => text.slice(0, at) + digit + text.slice(at + 1))),
    [value],
  )
}

function withNeighboursSwapped(value: string): string[] {
  const swap = (at: number) =>
    value.slice(0, at) + value.charAt(at + 1) + value.charAt(at) + value.slice(at + 2)
  return Array.from({ length: value.length - 1 }, (_, at) => swap(at))
}
