/** The rows of a file that were not taken, in their order, a page at a time. */
import { rows } from '../rows.ts'

export type ImportFault = {
  number: number
  code: string
  params: Record<string, string | number>
  cells: string[]
}

const pageRows = 2000

export async function* importFaults(importId: number): AsyncGenerator<ImportFault[]> {
  for (let last = 0; ;) {
    const page = await rows<ImportFault>(
      `select row_number as number, code, params, cells from register_import_faults
       where import_id = $importId and row_number > $last order by row_number limit $limit`,
      { importId, last, limit: pageRows },
    )
    if (page.length > 0) yield page
    if (page.length < pageRows) return
    last = page.at(-1)?.number ?? last
  }
}
