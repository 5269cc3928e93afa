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

/** The parts of a number, or null when the text is none of ours. Latin look-alikes and any letter case are taken. */
export function parseDocumentNumber(text: string): { series: Series; year: number; counter: number } | null {
  const match = /^([^\d-]+)-(\d{4})-(\d{6,15})$/.exec(text.trim().toUpperCase())
  if (match === null) return null
  const prefix = (match[1] ?? '').replace(/[ACKTY]/g, (letter) => cyrillic[letter] ?? letter)
  const kind = (Object.keys(series) as Series[]).find((key) => series[key] === prefix)
  return kind === undefined ? null : { series: kind, year: Number(match[2]), counter: Number(match[3]) }
}

const cyrillic: Record<string, string> = { A: 'А', C: 'С', K: 'К', T: 'Т', Y: 'У' }
