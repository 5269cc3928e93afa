/** Owns the shape of an Excel report: its sheets, their columns and where the rows come from. */
import type { z } from 'zod'

export type ReportLanguage = 'ru' | 'en'

/** One text in both languages. */
export type ReportText = Readonly<Record<ReportLanguage, string>>

/**
 * How a cell is written and what its column's `value` returns:
 *
 * - `text`, `code` — string; stays text whatever it looks like (leading zeros, `=`, `+`). `code` is never wrapped;
 * - `state` — string in the reader's language, coloured by the column's `tone`;
 * - `money` — integer minor units (number or bigint), written as an exact decimal with two places;
 * - `integer` — whole number or its string;
 * - `quantity` — number or decimal string with at most three places;
 * - `percent` — number of per cent (`22` is 22 %) or a phrase such as «Без НДС», which is written as text;
 * - `day` — 'YYYY-MM-DD', the same day in every time zone;
 * - `instant` — Date or ISO string, shown in the context's time zone.
 *
 * `null`, `undefined` and '' are an empty cell.
 */
export type ColumnFormat =
  | 'text'
  | 'code'
  | 'state'
  | 'money'
  | 'integer'
  | 'quantity'
  | 'percent'
  | 'day'
  | 'instant'

export type CellValue = string | number | bigint | Date | null | undefined

/** Whose move a state is: rule 1 of the design (grey, blue, violet, amber, green, red). */
export type CellTone = 'nothing' | 'mine' | 'theirs' | 'late' | 'done' | 'failed'

/** Where in the report a value is asked for; `number` counts the rows of the whole report from 1. */
export type CellPlace = { number: number; language: ReportLanguage }

export type Column<Row> = {
  key: string
  header: ReportText
  /** In characters of the standard font, as Excel counts it. */
  width: number
  format: ColumnFormat
  value: (row: Row, place: Readonly<CellPlace>) => CellValue
  /** Puts SUBTOTAL under the column and the sum of the whole report into «Условия». Only for numbers. */
  total?: 'sum'
  tone?: (row: Row) => CellTone | null
  /** Lets a long text take several lines instead of being cut by its neighbour. */
  wrap?: boolean
}

/** What every report knows about its making; definitions may ask for a wider context. */
export type ReportContext = {
  language: ReportLanguage
  /** IANA name; instants and «Сформирован» are shown in it. */
  timezone: string
  now: Date
  madeBy: string
}

/** One line of «Условия»: the filter in words, the period. */
export type ReportTerm = { label: ReportText; value: string }

/** A sheet beside the main one, such as «Расхождения». */
export type ReportSheet<Params, Context> = {
  name: ReportText
  columns: readonly Column<never>[]
  rows: (params: Params, context: Context) => AsyncIterable<readonly unknown[]>
}

export type Report<Params extends z.ZodType, Row, Context extends ReportContext> = {
  name: string
  title: ReportText
  params: Params
  /** File name without a folder, e.g. `Реестр_2026-11_2026-11-22.xlsx`. */
  fileName: (params: z.output<Params>, context: Context) => string
  /** Name of the main sheet: «Реестр». */
  sheet: ReportText
  columns: readonly Column<Row>[]
  /** Rows in batches; the batches are read one after another and never all at once. */
  rows: (params: z.output<Params>, context: Context) => AsyncIterable<readonly Row[]>
  terms: (
    params: z.output<Params>,
    context: Context,
  ) => Promise<readonly ReportTerm[]> | readonly ReportTerm[]
  /** Written after the main sheet and «Условия», in this order. */
  sheets?: readonly ReportSheet<z.output<Params>, Context>[]
}

const NUMERIC: ReadonlySet<ColumnFormat> = new Set(['money', 'integer', 'quantity'])

function checkColumns(report: string, columns: readonly Column<never>[]): void {
  const keys = new Set<string>()
  for (const column of columns) {
    if (keys.has(column.key)) throw new TypeError(`Report ${report}: column ${column.key} is defined twice`)
    keys.add(column.key)
    if (column.total && !NUMERIC.has(column.format)) {
      throw new TypeError(`Report ${report}: column ${column.key} has a total but is not a number`)
    }
  }
}

/** A side sheet with the type of its own rows, erased so that sheets of different rows stand in one list. */
export function defineSheet<Row, Params, Context extends ReportContext>(sheet: {
  name: ReportText
  columns: readonly Column<Row>[]
  rows: (params: Params, context: Context) => AsyncIterable<readonly Row[]>
}): ReportSheet<Params, Context> {
  return sheet
}

/** Checks a report when its module is loaded, so that a mistake in its columns stops the start, not the export. */
export function defineReport<Params extends z.ZodType, Row, Context extends ReportContext = ReportContext>(
  report: Report<Params, Row, Context>,
): Report<Params, Row, Context> {
  checkColumns(report.name, report.columns)
  for (const sheet of report.sheets ?? []) checkColumns(`${report.name}/${sheet.name.en}`, sheet.columns)
  return report
}
