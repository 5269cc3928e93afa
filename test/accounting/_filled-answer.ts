/** Fills a table in as an accountant would: in Excel, cell by cell. */
import { answerColumns } from '../../src/reports/answer-workbook.ts'

import { newWorkbook, type LibrarySheet } from '../../src/reports/xlsx-library.ts'

export type Filled = Partial<
  Record<'taxDocumentKind' | 'taxDocumentNumber' | 'taxDocumentOn' | 'externalNumber' | 'comment', string>
>

/** Row by row, in the order of the table; `change` may spoil the sheet further. */
export async function filledAnswer(
  workbook: Buffer,
  rows: readonly Filled[],
  change: (sheet: LibrarySheet, firstRow: number) => void = () => undefined,
): Promise<Buffer> {
  const book = newWorkbook()
  await book.xlsx.load(new Uint8Array(workbook).buffer)
  const sheet = book.worksheets[0]
  if (!sheet) throw new Error('the workbook has no sheet')
  const headers = new Map(
    answerColumns.flatMap(({ key, header }) => [header.ru, header.en].map((text) => [text, key] as const)),
  )
  let headerRow = 0
  const places = new Map<string, number>()
  sheet.eachRow((row, number) =>
    row.eachCell((cell, at) => {
      const key = headers.get(cell.text)
      if (key && (headerRow === 0 || headerRow === number)) {
        headerRow = number
        places.set(key, at)
      }
    }),
  )
  rows.forEach((row, index) => {
    for (const [key, value] of Object.entries(row))
      sheet.getCell(headerRow + 1 + index, places.get(key) ?? 0).value = value
  })
  change(sheet, headerRow + 1)
  return Buffer.from(await book.xlsx.writeBuffer())
}
