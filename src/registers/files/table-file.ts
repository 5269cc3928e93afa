/** A table in a file, whatever its format: how it is read and what its rows are. */
import type { Encoding } from './read-csv.ts'
import { countLines, readCsv, sniffCsv } from './read-csv.ts'
import { readSheet, rowsOfSheet } from './read-sheet.ts'

/** How the file is to be read. */
export type TableShape =
  | Readonly<{ format: 'csv'; encoding: Encoding; delimiter: string }>
  | Readonly<{ format: 'xlsx' }>

/** `number` is the row as a spreadsheet counts it, from 1. */
export type TableRow = Readonly<{ number: number; cells: readonly string[] }>

const zipSignature = 'PK\u0003\u0004'

/** @param head the first bytes of the file @throws DomainError for a file that is no table */
export async function sniffTable(path: string, head: Buffer): Promise<TableShape> {
  if (head.toString('latin1', 0, 4) === zipSignature) return { format: 'xlsx' }
  return sniffCsv(path)
}

/** The rows in chunks, at the pace of whoever takes them. @throws DomainError `register-file-unreadable` with the row */
export const readTable = (path: string, shape: TableShape): AsyncGenerator<TableRow[]> =>
  shape.format === 'csv' ? readCsv(path, shape) : readSheet(path)

/** How many rows there will be, for whoever waits; null when the file does not say. */
export const countRows = (path: string, shape: TableShape): Promise<number | null> =>
  shape.format === 'csv' ? countLines(path) : rowsOfSheet(path)
