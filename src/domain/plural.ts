/** Owns the grammar of counting: which form of a noun follows a number. */

/** The forms of a noun; English leaves `few` out and gives its plural as `many`. */
export type PluralForms = Readonly<{ one: string; few?: string; many: string }>

/**
 * The form that follows `count`: «1 акт, 2 акта, 5 актов, 11 актов, 21 акт» in Russian (three forms given),
 * «1 act, 2 acts, 21 acts» in English (two forms given). A fraction takes `few` in Russian: «1,5 акта».
 */
export function plural(count: number, { one, few, many }: PluralForms): string {
  const size = Math.abs(count)
  if (few === undefined) return size === 1 ? one : many
  if (!Number.isInteger(size)) return few
  const tens = size % 100
  const units = size % 10
  if (tens >= 11 && tens <= 14) return many
  if (units === 1) return one
  return units >= 2 && units <= 4 ? few : many
}
