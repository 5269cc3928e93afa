/** Owns the look of document numbers: a series, a year and a counter that has no gaps. */

/** The series, each counted by seller and year; the keys are what the table `sequences` keeps. */
export const series = {
  invoice: 'СЧ',
  act: 'АКТ',
  licence: 'ЛЦ',
  tax_invoice: 'СФ',
  upd: 'УПД',
  accounting_request: 'ЗБ',
} as const

export type Series = keyof typeof series

const counterWidth = 6

/** `АКТ-2026-000123`; a counter past a million simply grows a digit. */
export function documentNumber(kind: Series, year: number, counter: number): string {
  return `${series[kind]}-${year}-${String(counter).padStart(counterWidth, '0')}`
}

/** The year whose counter a document of the day takes its number from. */
export function seriesYear(day: string): number {
  return Number(day.slice(0, 4))
}
