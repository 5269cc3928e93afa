/** The table of rows that were not taken: the file's own columns with the row and the reason before them. */

const separator = ';'

// What begins like a formula is one for a spreadsheet.
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const cell = (text: string): string => {
  const safe = guarded(text)
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(separator)}\r\n`

/** `header` and every row have their first two cells from us. Spreadsheets know UTF-8 by its mark. */
export async function* faultsFile(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${line(header)}`)
  for await (const page of pages) yield Buffer.from(page.map(line).join(''))
}
