/** Owns the small workbook sent to be filled in: a locked table with highlighted columns that finds its way back. */
import { createHash } from 'node:crypto'
import type { ReportLanguage, ReportText } from './define-report.ts'
import type { InputColumn } from './read-xlsx.ts'
import { decimal } from './xlsx-cells.ts'
import { PAPER_A4, newWorkbook, type LibrarySheet } from './xlsx-library.ts'
import {
  bodyStyle,
  type CellFormat,
  HEADER_STYLE,
  INPUT_HEADER_STYLE,
  inputStyle,
  NOTE_STYLE,
  TITLE_STYLE,
} from './xlsx-styles.ts'

export type TableColumn = {
  key: string
  header: ReportText
  /** In characters. */
  width: number
  /** Values: `day` 'YYYY-MM-DD', `money` integer minor units, `number` number, else string. */
  format: InputColumn['format']
  /** To be filled in: highlighted, unlocked, checked while typing. */
  input?: boolean
  digits?: readonly number[]
}

export type TableRow = { id: string | number; values: Record<string, string | number | null> }

export type Table = {
  language: ReportLanguage
  /** Name of the visible sheet. */
  sheet: string
  title: string
  /** Lines under the title: who asks, of whom, until when. */
  notes: readonly string[]
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  /** What the answer is matched to; comes back in `meta.request`. */
  request: string
}

/** Name of the hidden sheet with `request` and `checksum`: the `metaSheet` of readXlsx. */
export const TABLE_META_SHEET = 'certdesk'

/** Key of the hidden column with the id of each line, in the rows readXlsx returns. */
export const TABLE_LINE_KEY = 'lineId'

const LINE_HEADER: ReportText = { ru: 'Ключ строки', en: 'Line key' }

const WORDS = {
  fill: {
    ru: 'Заполните жёлтые столбцы и отправьте файл обратно. Остальное защищено от случайных правок, пароля нет.',
    en: 'Fill in the yellow columns and send the file back. The rest is locked against slips, without a password.',
  },
  badDay: { ru: 'Нужна дата, например 22.11.2026', en: 'A date is needed, for example 22.11.2026' },
  dayTitle: { ru: 'Дата', en: 'Date' },
  page: { ru: 'Стр. &P из &N', en: 'Page &P of &N' },
} as const satisfies Record<string, ReportText>

/** Binds the lines to their request whatever order they come back in. */
export function tableChecksum(request: string, ids: Iterable<string | number>): string {
  const lines = [...ids].map(String).sort()
  return createHash('sha256')
    .update([request, ...lines].join('\n'))
    .digest('hex')
    .slice(0, 32)
}

/** What readXlsx has to be told to read the table back: the line key, then every input column. */
export function tableInput(columns: readonly TableColumn[]): InputColumn[] {
  return [
    { key: TABLE_LINE_KEY, header: LINE_HEADER, format: 'code', required: true },
    ...columns
      .filter(({ input }) => input)
      .map(({ key, header, format, digits }) => ({
        key,
        header,
        format,
        required: true,
        ...(digits && { digits }),
      })),
  ]
}

function cellValue(format: TableColumn['format'], value: string | number | null | undefined) {
  if (value === null || value === undefined || value === '') return null
  if (format === 'day') return new Date(`${value}T00:00:00Z`)
  if (format === 'money') return Number(decimal(Number(value), 2))
  return format === 'number' ? Number(value) : String(value)
}

/** Lines a text takes when wrapped; the small font leaves room for breaking at words. */
const linesOf = (value: string | number | null | undefined, width: number) =>
  Math.max(1, Math.ceil(String(value ?? '').length / width))

/** One style object per column and kind of number: exceljs recognises styles by identity. */
function columnLook({ format, input }: TableColumn) {
  const look = (as: CellFormat) => (input ? inputStyle(as) : bodyStyle(as, true))
  if (format !== 'number') {
    const style = look(format)
    return () => style
  }
  const whole = look('integer')
  const fraction = look('quantity')
  return (value: unknown) => (Number.isInteger(value) ? whole : fraction)
}

function checkDays(sheet: LibrarySheet, line: number, at: number, language: ReportLanguage): void {
  sheet.getCell(line, at).dataValidation = {
    type: 'date',
    operator: 'between',
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: WORDS.dayTitle[language],
    error: WORDS.badDay[language],
    formulae: [new Date('2000-01-01T00:00:00Z'), new Date('2099-12-31T00:00:00Z')],
  }
}

/** The workbook as bytes. The table must be small enough to be held in memory: hundreds of rows, not millions. */
export async function buildTable(table: Table): Promise<Buffer> {
  const { language, columns } = table
  const workbook = newWorkbook()
  workbook.creator = 'certdesk'
  workbook.title = table.title
  const headerLine = table.notes.length + 4
  const sheet = workbook.addWorksheet(table.sheet.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: headerLine, showGridLines: false }],
    pageSetup: {
      paperSize: PAPER_A4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 },
      printTitlesRow: `${headerLine}:${headerLine}`,
    },
    headerFooter: { oddFooter: `&R&8${WORDS.page[language]}` },
  })
  const keyAt = columns.length + 1
  sheet.columns = [...columns.map(({ width }) => ({ width: width + 0.71 })), { width: 12, hidden: true }]

  const tableWidth = columns.reduce((sum, { width }) => sum + width, 0)
  const banner = [table.title, ...table.notes, WORDS.fill[language]]
  for (const [index, text] of banner.entries()) {
    const cell = sheet.getCell(index + 1, 1)
    sheet.mergeCells(index + 1, 1, index + 1, Math.max(1, columns.length))
    cell.value = text
    cell.style = index === 0 ? TITLE_STYLE : NOTE_STYLE
    sheet.getRow(index + 1).height = index === 0 ? 26 : 3 + 13 * linesOf(text, tableWidth)
  }

  const header = sheet.getRow(headerLine)
  header.height = 30
  for (const [index, column] of columns.entries()) {
    const cell = header.getCell(index + 1)
    cell.value = column.header[language]
    cell.style = column.input ? INPUT_HEADER_STYLE : HEADER_STYLE
  }
  header.getCell(keyAt).value = LINE_HEADER[language]

  const looks = columns.map(columnLook)
  for (const [index, { id, values }] of table.rows.entries()) {
    const line = headerLine + 1 + index
    const row = sheet.getRow(line)
    for (const [at, column] of columns.entries()) {
      const cell = row.getCell(at + 1)
      cell.value = cellValue(column.format, values[column.key])
      cell.style = looks[at]!(values[column.key])
      if (column.input && column.format === 'day') checkDays(sheet, line, at + 1, language)
    }
    const lines = columns.map(({ key, format, width }) =>
      format === 'text' ? linesOf(values[key], width) : 1,
    )
    row.height = 5 + 12 * Math.max(...lines)
    const key = row.getCell(keyAt)
    key.value = String(id)
    key.numFmt = '@'
  }
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
  })

  const meta = workbook.addWorksheet(TABLE_META_SHEET, { state: 'veryHidden' })
  meta.addRow(['request', table.request])
  meta.addRow([
    'checksum',
    tableChecksum(
      table.request,
      table.rows.map(({ id }) => id),
    ),
  ])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
