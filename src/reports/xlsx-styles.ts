/** Owns the look of every sheet we write: fonts, borders, number formats and colours, as shared constants. */
import type { Style } from 'exceljs'
import type { CellTone, ColumnFormat } from './define-report.ts'

const FONT = { name: 'Arial', size: 9 }
const HAIR = { style: 'thin', color: { argb: 'FFD5DAE1' } } as const
const FIRM = { style: 'thin', color: { argb: 'FF7A8699' } } as const
const GRID = { top: HAIR, bottom: HAIR, left: HAIR, right: HAIR }

/** Whole per cents have a format of their own: `0.##%` would show «22,%». Whole quantities are `integer`. */
export type CellFormat = ColumnFormat | 'wholePercent'

/** Written with the file format's own separators; a Russian Excel shows them as `# ##0,00`. */
const NUMBER_FORMATS: Record<CellFormat, string> = {
  text: '@',
  code: '@',
  state: '@',
  money: '#,##0.00;[Red]-#,##0.00',
  integer: '#,##0;[Red]-#,##0',
  quantity: '#,##0.000;[Red]-#,##0.000',
  percent: '0.00%',
  wholePercent: '0%',
  day: 'dd.mm.yyyy',
  instant: 'dd.mm.yyyy hh:mm',
}

const HORIZONTAL: Record<CellFormat, 'left' | 'right' | 'center'> = {
  text: 'left',
  code: 'left',
  state: 'left',
  money: 'right',
  integer: 'right',
  quantity: 'right',
  percent: 'right',
  wholePercent: 'right',
  day: 'center',
  instant: 'center',
}

const TONES: Record<CellTone, string> = {
  nothing: 'FF5B6675',
  mine: 'FF1F5FBF',
  theirs: 'FF6B46B8',
  late: 'FF945B00',
  done: 'FF1B7340',
  failed: 'FFB3261E',
}

export type CellStyle = Partial<Style>

const solid = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const

/** A cell of the table body. */
export function bodyStyle(format: CellFormat, wrap: boolean, tone: CellTone | null = null): CellStyle {
  return {
    font: tone ? { ...FONT, color: { argb: TONES[tone] } } : FONT,
    border: GRID,
    numFmt: NUMBER_FORMATS[format],
    alignment: {
      vertical: wrap ? 'top' : 'middle',
      horizontal: HORIZONTAL[format],
      ...(wrap && { wrapText: true }),
    },
  }
}

export const HEADER_STYLE: CellStyle = {
  font: { ...FONT, bold: true, color: { argb: 'FF1A2230' } },
  fill: solid('FFE9EDF3'),
  border: { top: FIRM, bottom: FIRM, left: HAIR, right: HAIR },
  alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
}

export function totalStyle(format: CellFormat): CellStyle {
  return {
    font: { ...FONT, bold: true },
    fill: solid('FFF4F6F9'),
    border: { top: FIRM, bottom: FIRM, left: HAIR, right: HAIR },
    numFmt: NUMBER_FORMATS[format],
    alignment: { vertical: 'middle', horizontal: HORIZONTAL[format] },
  }
}

export const TITLE_STYLE: CellStyle = { font: { ...FONT, size: 14, bold: true } }

export const LABEL_STYLE: CellStyle = {
  font: { ...FONT, size: 10, color: { argb: 'FF5B6675' } },
  alignment: { vertical: 'top', wrapText: true },
}

export const TERM_STYLE: CellStyle = {
  font: { ...FONT, size: 10 },
  numFmt: '@',
  alignment: { vertical: 'top', horizontal: 'left', wrapText: true },
}

export const TERM_MONEY_STYLE: CellStyle = { ...TERM_STYLE, numFmt: NUMBER_FORMATS.money }
export const TERM_INTEGER_STYLE: CellStyle = { ...TERM_STYLE, numFmt: NUMBER_FORMATS.integer }
export const TERM_QUANTITY_STYLE: CellStyle = { ...TERM_STYLE, numFmt: NUMBER_FORMATS.quantity }

/** A column to be filled in: its header and its unlocked cells. */
export const INPUT_HEADER_STYLE: CellStyle = { ...HEADER_STYLE, fill: solid('FFFFE08A') }

export function inputStyle(format: CellFormat): CellStyle {
  return {
    ...bodyStyle(format, true),
    fill: solid('FFFFF8E1'),
    protection: { locked: false },
    border: { top: FIRM, bottom: FIRM, left: FIRM, right: FIRM },
  }
}

export const NOTE_STYLE: CellStyle = {
  font: { ...FONT, size: 10 },
  alignment: { vertical: 'top', wrapText: true },
}
