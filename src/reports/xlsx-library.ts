/** Owns exceljs: the only importer, and the only place that knows its insides. */
import { createRequire } from 'node:module'
import { PassThrough, type Writable } from 'node:stream'
import type ExcelJS from 'exceljs'
import type { CellStyle } from './xlsx-styles.ts'

const require = createRequire(import.meta.url)

/** Read with the first workbook: it is some two hundred files, and most processes make none for a while. */
const library = (): typeof ExcelJS => require('exceljs') as typeof ExcelJS

export const newWorkbook = (): ExcelJS.Workbook => new (library().Workbook)()

export type { CellValue as LibraryValue, Worksheet as LibrarySheet } from 'exceljs'

/** The library's own list of papers is a type only. */
export const PAPER_A4 = 9 as unknown as ExcelJS.PaperSize

type Bytes = { toBuffer: () => Buffer }

type Insides = {
  zip: {
    append: (source: PassThrough, entry: { name: string }) => void
    abort: () => void
    on: (event: 'error', listener: (error: Error) => void) => void
  }
  styles: { addStyleModel: (style: CellStyle) => number }
  _openStream: (path: string) => PassThrough
}

type SheetInsides = { stream: PassThrough; _writeLegacyData: () => void }

export type SheetOptions = {
  /** Widths in characters. */
  widths: readonly number[]
  landscape: boolean
  /** Rows from the top that stay in view and repeat on every printed page. */
  frozenRows: number
  header: string
  footer: string
}

type StreamedSheet = {
  sheet: ExcelJS.Worksheet
  /** Appends ready-made row XML; resolves when the zip wants more, also after a failure. */
  write: (xml: string) => Promise<void>
  /** Ends the sheet. `textRange` hides Excel's green corners on numbers kept as text. */
  end: (options: { filter?: string; textRange?: string }) => void
}

export type StreamedWorkbook = {
  addSheet: (name: string, options: SheetOptions) => StreamedSheet
  styleNumber: (style: CellStyle) => number
  /** Hands the rest to the output. Its promise may stay pending for ever when the output dies: watch the output. */
  commit: () => Promise<unknown>
  /** Drops everything still buffered and wakes whoever waits in `write`. */
  destroy: () => void
}

/**
 * exceljs's streaming workbook over real streams. Two things are replaced: the buffer between a sheet and the
 * zip (its own never slows the writer down), and the writing of body rows, which arrive as XML (its cell model
 * costs more than everything else together). Names, styles, print settings and the zip stay with exceljs.
 */
export function streamWorkbook(
  output: Writable,
  title: string,
  onError: (error: Error) => void,
): StreamedWorkbook {
  const workbook = new (library().stream.xlsx.WorkbookWriter)({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1, chunkSize: 262_144, memLevel: 9 } },
  })
  workbook.creator = 'certdesk'
  workbook.lastModifiedBy = 'certdesk'
  workbook.title = title
  const insides = workbook as unknown as Insides
  const entries: PassThrough[] = []
  let destroyed = false
  insides.zip.on('error', onError)
  insides._openStream = (path) => {
    const entry = new PassThrough({ highWaterMark: 1_048_576 })
    const write = entry.write.bind(entry) as (chunk: Buffer | string) => boolean
    // exceljs reuses the buffer it passes here, so its bytes are copied before they wait in the stream.
    entry.write = (chunk: Bytes | Buffer | string) =>
      write(typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.toBuffer()))
    entry.on('error', onError)
    entry.on('finish', () => entry.emit('zipped'))
    entries.push(entry)
    insides.zip.append(entry, { name: path })
    return entry
  }

  return {
    styleNumber: (style) => insides.styles.addStyleModel(style),
    addSheet(name, options) {
      const sheet = workbook.addWorksheet(name, {
        views: [{ state: 'frozen', ySplit: options.frozenRows, showGridLines: false, zoomScale: 100 }],
        pageSetup: {
          paperSize: PAPER_A4,
          orientation: options.landscape ? 'landscape' : 'portrait',
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
          ...(options.frozenRows > 0 && { printTitlesRow: `1:${options.frozenRows}` }),
        },
        headerFooter: { oddHeader: options.header, oddFooter: options.footer },
      })
      // Excel's own width of n characters; exceljs drops a width of exactly 9.
      sheet.columns = options.widths.map((width) => ({ width: width + 0.71 }))
      const { stream } = sheet as unknown as SheetInsides
      return {
        sheet,
        async write(xml) {
          if (destroyed || stream.write(Buffer.from(xml))) return
          await new Promise<void>((resolve) => {
            const wake = () => {
              stream.off('drain', wake).off('close', wake)
              resolve()
            }
            stream.on('drain', wake).on('close', wake)
          })
        },
        end({ filter, textRange }) {
          if (filter) sheet.autoFilter = filter
          if (textRange) {
            // The last writer before the closing tag, where the schema wants <ignoredErrors>.
            ;(sheet as unknown as SheetInsides)._writeLegacyData = () => {
              const ignored = `<ignoredError sqref="${textRange}" numberStoredAsText="1"/>`
              stream.write(`<ignoredErrors>${ignored}</ignoredErrors>`)
            }
          }
          sheet.commit()
        },
      }
    },
    commit: () => workbook.commit(),
    destroy() {
      destroyed = true
      insides.zip.abort()
      for (const entry of entries) entry.destroy()
    },
  }
}
