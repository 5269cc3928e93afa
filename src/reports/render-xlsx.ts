/** Owns the making of an Excel register: rows stream into a temporary file, which appears whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { CellPlace, Column, Report, ReportContext, ReportLanguage, ReportText } from './define-report.ts'
import { asError, createGuard, guarded, type Guard } from './guard.ts'
import { columnLetters, PLACES, rowWriter, type RowWriter, type StyleNumbers } from './xlsx-cells.ts'
import { streamWorkbook, type SheetOptions, type StreamedWorkbook } from './xlsx-library.ts'
import {
  bodyStyle,
  HEADER_STYLE,
  LABEL_STYLE,
  TERM_INTEGER_STYLE,
  TERM_MONEY_STYLE,
  TERM_QUANTITY_STYLE,
  TERM_STYLE,
  TITLE_STYLE,
  totalStyle,
  type CellStyle,
} from './xlsx-styles.ts'

export type RenderOptions = {
  /** Where the finished file appears; its folder is made when missing. An older file there is replaced at once. */
  path: string
  signal?: AbortSignal
  /** Called at most four times a second with the rows of the main sheet, and once at the end. */
  onProgress?: (rowsDone: number) => void
  /** Total time; 30 minutes unless told. */
  timeoutMs?: number
  /** How long nothing may be written and no batch arrive; one minute unless told. */
  stallMs?: number
  /** Rows of one sheet with its header and total: Excel's 1 048 576 unless told. */
  sheetRows?: number
  /** Opens the temporary file; a test puts a failing output here. */
  openOutput?: (path: string) => Writable
}

export type RenderedXlsx = {
  path: string
  size: number
  /** Of the whole file, hexadecimal. */
  sha256: string
  /** Of the main sheet. */
  rows: number
  /** Totalled columns of the main sheet in minor units: money 0.01, quantity 0.001, integer 1. */
  controlSums: Record<string, bigint>
}

const EXCEL_ROWS = 1_048_576
const CHUNK = 131_072
const TURN_MS = 12
const PROGRESS_MS = 250

const WORDS = {
  terms: { ru: 'Условия', en: 'Conditions' },
  madeBy: { ru: 'Сформировал', en: 'Made by' },
  madeAt: { ru: 'Сформирован', en: 'Made at' },
  rows: { ru: 'Строк', en: 'Rows' },
  sum: { ru: 'Контрольная сумма', en: 'Control sum' },
  total: { ru: 'Итого', en: 'Total' },
  sheetTotal: { ru: 'Итого по листу', en: 'Sheet total' },
  page: { ru: 'Стр. &P из &N', en: 'Page &P of &N' },
} as const satisfies Record<string, ReportText>

/** Number of lines a header takes in its column, for its height: exceljs writes no automatic one. */
function headerLines(text: string, width: number): number {
  let lines = 1
  let used = 0
  for (const word of text.split(' ')) {
    if (used > 0 && used + 1 + word.length > width - 1) {
      lines++
      used = word.length
    } else used += (used > 0 ? 1 : 0) + word.length
    if (used > width) lines += Math.ceil(used / width) - 1
  }
  return lines
}

/** Excel allows 31 characters in a sheet's name and none of `[]:*?/\`. */
function sheetName(name: string, part: number): string {
  const suffix = part > 1 ? ` ${part}` : ''
  return name.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31 - suffix.length) + suffix
}

/** `&` starts a code in Excel's page headers. */
const pageText = (text: string) => text.replaceAll('&', '&&').slice(0, 200)

function styleNumbers(workbook: StreamedWorkbook): StyleNumbers {
  const known = new Map<string, number>()
  const numberOf = (key: string, style: () => CellStyle) => {
    let number = known.get(key)
    if (number === undefined) known.set(key, (number = workbook.styleNumber(style())))
    return number
  }
  return {
    body: (format, wrap, tone) => numberOf(`${format}/${wrap}/${tone}`, () => bodyStyle(format, wrap, tone)),
    total: (format) => numberOf(`total/${format}`, () => totalStyle(format)),
  }
}

type SheetSource = {
  name: string
  columns: readonly Column<never>[]
  rows: AsyncIterable<readonly unknown[]>
  options: Omit<SheetOptions, 'widths' | 'landscape' | 'frozenRows'>
}

type Work = {
  workbook: StreamedWorkbook
  guard: Guard
  styles: StyleNumbers
  context: ReportContext
  sheetRows: number
  /** Told after each written slice. */
  alive: (rows: number) => void
}

/** Writes one table, continued on further sheets where Excel's rows end. */
async function writeTable(source: SheetSource, work: Work): Promise<{ rows: number; writer: RowWriter }> {
  const { workbook, guard, context, sheetRows } = work
  const { language } = context
  const { columns } = source
  const writer = rowWriter(columns, work.styles, context)
  const lastLetters = columnLetters(columns.length - 1)
  const texts = columns.flatMap(({ format }, index) =>
    format === 'code' || format === 'text' ? [columnLetters(index)] : [],
  )
  const place: CellPlace = { number: 0, language }
  let part = 0
  let line = 0
  let pending = ''
  let rows = 0
  let turn = performance.now()
  let target: ReturnType<StreamedWorkbook['addSheet']> | null = null

  const startSheet = () => {
    part++
    target = workbook.addSheet(sheetName(source.name, part), {
      ...source.options,
      widths: columns.map(({ width }) => width),
      landscape: true,
      frozenRows: 1,
    })
    const header = target.sheet.addRow(columns.map((column) => column.header[language]))
    header.height =
      5 + 12 * Math.max(...columns.map((column) => headerLines(column.header[language], column.width)))
    for (let index = 1; index <= columns.length; index++) header.getCell(index).style = HEADER_STYLE
    header.commit()
    line = 1
    return target
  }
  const flush = async () => {
    const xml = pending
    pending = ''
    await (target ?? startSheet()).write(xml)
    guard.check()
    work.alive(rows)
  }
  const endSheet = async (label: string) => {
    const totals = line > 1 ? writer.totalRow(2, line, label) : null
    if (totals) pending += totals
    await flush()
    target!.end({
      filter: `A1:${lastLetters}${Math.max(line, 2)}`,
      ...(texts.length > 0 && { textRange: texts.map((at) => `${at}2:${at}${Math.max(line, 2)}`).join(' ') }),
    })
    target = null
  }

  startSheet()
  for await (const batch of guarded(source.rows, guard)) {
    for (const row of batch) {
      if (line >= sheetRows - 1) {
        await endSheet(WORDS.sheetTotal[language])
        startSheet()
      }
      line++
      rows++
      place.number = rows
      pending += writer.row(row as never, line, place)
      if (pending.length >= CHUNK) {
        await flush()
        if (performance.now() - turn > TURN_MS) {
          await setImmediate()
          turn = performance.now()
        }
      }
    }
    work.alive(rows)
  }
  await endSheet(part > 1 ? WORDS.sheetTotal[language] : WORDS.total[language])
  return { rows, writer }
}

const TERM_WIDTHS = { label: 40, value: 70 }

type Term = { label: string; value: string | number; style: CellStyle }

function writeTerms(
  work: Work,
  title: string,
  terms: readonly Term[],
  options: SheetSource['options'],
): void {
  const { sheet, end } = work.workbook.addSheet(WORDS.terms[work.context.language], {
    ...options,
    widths: [TERM_WIDTHS.label, TERM_WIDTHS.value],
    landscape: false,
    frozenRows: 0,
  })
  const head = sheet.addRow([title])
  head.height = 28
  head.getCell(1).style = TITLE_STYLE
  head.commit()
  for (const { label, value, style } of terms) {
    const row = sheet.addRow([label, value])
    const lines =
      typeof value === 'string' ? Math.max(1, Math.ceil(value.length / (TERM_WIDTHS.value - 6))) : 1
    row.height = 4 + 13 * Math.max(lines, headerLines(label, TERM_WIDTHS.label))
    row.getCell(1).style = LABEL_STYLE
    row.getCell(2).style = style
    row.commit()
  }
  end({ textRange: `B1:B${terms.length + 1}` })
}

function instantText(instant: Date, language: ReportLanguage, timezone: string): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(instant)
}

const textTerm = (label: string, value: string): Term => ({ label, value, style: TERM_STYLE })

const SUM_STYLES = { money: TERM_MONEY_STYLE, integer: TERM_INTEGER_STYLE, quantity: TERM_QUANTITY_STYLE }

function sumTerm(column: Column<never>, units: bigint, language: ReportLanguage): Term {
  const places = PLACES[column.format] ?? 0
  const label = `${WORDS.sum[language]}: ${column.header[language]}`
  return {
    label,
    value: Number(units) / 10 ** places,
    style:
      column.format === 'quantity' && units % 1000n === 0n
        ? TERM_INTEGER_STYLE
        : SUM_STYLES[column.format as keyof typeof SUM_STYLES],
  }
}

/**
 * Renders a report into `options.path`. Rows are read batch by batch and never held; the event loop is given
 * back every few milliseconds. The file is written beside its place, flushed to the disk and renamed, so a
 * reader never meets half of it. On abort, time-out, a full disk, an output that dies or stops accepting, or an
 * error of the source, the promise rejects with that first cause and nothing is left behind.
 */
export async function renderXlsx<Params extends z.ZodType, Row, Context extends ReportContext>(
  report: Report<Params, Row, Context>,
  params: z.input<Params>,
  context: Context,
  options: RenderOptions,
): Promise<RenderedXlsx> {
  const parsed = report.params.parse(params)
  const { language } = context
  const path = options.path
  await mkdir(dirname(path), { recursive: true })
  options.signal?.throwIfAborted()
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`)

  const digest = createHash('sha256')
  let size = 0
  let lastSign = performance.now()
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk)
      size += chunk.length
      lastSign = performance.now()
      done(null, chunk)
    },
  })

  const guard = createGuard()
  const output = (options.openOutput ?? ((file) => createWriteStream(file, { flags: 'wx', flush: true })))(
    temporary,
  )
  let workbook: StreamedWorkbook | null = null
  const fail = (reason: unknown) => {
    if (!guard.fail(asError(reason))) return
    workbook?.destroy()
    meter.destroy()
    output.destroy()
  }
  const closed = new Promise<void>((resolve) => output.once('close', resolve))
  const delivered = pipeline(meter, output)
  delivered.catch(fail)
  workbook = streamWorkbook(meter, report.title[language], fail)

  const abort = () => fail(options.signal?.reason)
  options.signal?.addEventListener('abort', abort, { once: true })
  const stallMs = options.stallMs ?? 60_000
  const timeout = setTimeout(
    () => fail(new Error(`Report ${report.name} took too long`)),
    options.timeoutMs ?? 1_800_000,
  )
  const watch = setInterval(
    () => {
      if (performance.now() - lastSign > stallMs) fail(new Error(`Report ${report.name} stands still`))
    },
    Math.max(10, stallMs / 4),
  )

  let told = performance.now()
  const work: Work = {
    workbook,
    guard,
    styles: styleNumbers(workbook),
    context,
    sheetRows: options.sheetRows ?? EXCEL_ROWS,
    alive: () => {
      lastSign = performance.now()
    },
  }
  const pages = { header: `&L&8${pageText(report.title[language])}`, footer: `&R&8${WORDS.page[language]}` }

  try {
    const terms = await guard.until(report.terms(parsed, context))
    const main = await writeTable(
      {
        name: report.sheet[language],
        columns: report.columns,
        rows: report.rows(parsed, context),
        options: pages,
      },
      {
        ...work,
        alive(rows) {
          lastSign = performance.now()
          if (lastSign - told < PROGRESS_MS) return
          told = lastSign
          options.onProgress?.(rows)
        },
      },
    )
    const controlSums = main.writer.sums()
    writeTerms(
      work,
      report.title[language],
      [
        ...terms.map(({ label, value }) => textTerm(label[language], value)),
        textTerm(WORDS.madeBy[language], context.madeBy),
        textTerm(WORDS.madeAt[language], instantText(context.now, language, context.timezone)),
        { label: WORDS.rows[language], value: main.rows, style: TERM_INTEGER_STYLE },
        ...(report.columns as readonly Column<never>[])
          .filter(({ key }) => key in controlSums)
          .map((column) => sumTerm(column, controlSums[column.key]!, language)),
      ],
      pages,
    )
    for (const sheet of report.sheets ?? []) {
      const rows = sheet.rows(parsed, context)
      await writeTable({ name: sheet.name[language], columns: sheet.columns, rows, options: pages }, work)
    }
    workbook.commit().catch(fail)
    await guard.until(delivered)
    options.onProgress?.(main.rows)
    await rename(temporary, path)
    if (process.platform !== 'win32') {
      const folder = await open(dirname(path), 'r')
      await folder.sync().finally(() => folder.close())
    }
    return { path, size, sha256: digest.digest('hex'), rows: main.rows, controlSums }
  } catch (error) {
    fail(error)
    await Promise.race([closed, sleep(1000, null, { ref: false })])
    await rm(temporary, { force: true })
    throw guard.failed() ?? error
  } finally {
    clearTimeout(timeout)
    clearInterval(watch)
    options.signal?.removeEventListener('abort', abort)
  }
}
