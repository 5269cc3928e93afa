/** The look into a file before anything of it is taken: its columns, its first rows, and how many would pass. */
import { open } from 'node:fs/promises'
import type { Country } from '../../domain/requisites/country.ts'
import { DomainError } from '../../domain/errors.ts'
import { readRegisterRow, type RowFault } from './read-register-row.ts'
import { findHeaderRow, proposeMapping, requiredFields, type ColumnMapping } from './register-columns.ts'
import { readTable, sniffTable, type TableRow, type TableShape } from './table-file.ts'

export type TableLook = Readonly<{
  shape: TableShape
  /** 0 when the columns have no headers. */
  headerRow: number
  columns: readonly string[]
  mapping: ColumnMapping
  /** The first rows below the headers, as they stand. */
  rows: readonly TableRow[]
  /** What the mapping makes of the first rows: how many were looked at, would pass, would not. */
  checked: number
  good: number
  bad: number
  faults: readonly (RowFault & { number: number })[]
}>

/** What a person has decided about it; the rest is proposed. */
export type TableWishes = Readonly<{ shape?: TableShape; headerRow?: number; mapping?: ColumnMapping }>

const rowsChecked = 1000
const rowsShown = 8
const faultsShown = 5
const headersWithin = 30
const longestShown = 120
const mostColumns = 200

/** @throws DomainError `register-file-unreadable`, `register-file-empty`, `xlsx-unreadable` */
export async function lookIntoTable(
  path: string,
  country: Country,
  wishes: TableWishes = {},
): Promise<TableLook> {
  const shape = wishes.shape ?? (await sniffTable(path, await headOf(path)))
  const read = await firstRows(path, shape)
  if (read.length === 0) throw new DomainError('register-file-empty')
  const headerRow = wishes.headerRow ?? findHeaderRow(read.slice(0, headersWithin))
  const header = read.find(({ number }) => number === headerRow)?.cells ?? []
  const below = read.filter(({ number }) => number > headerRow)
  const width = Math.min(
    mostColumns,
    Math.max(header.length, ...below.slice(0, 50).map(({ cells }) => cells.length)),
  )
  const mapping = wishes.mapping ?? proposeMapping(header)
  const looked = { good: 0, bad: 0, faults: [] as (RowFault & { number: number })[] }
  const canRead = requiredFields.every((field) => mapping[field] !== undefined)
  for (const { number, cells } of canRead ? below : []) {
    const row = readRegisterRow(cells, mapping, country)
    if (!row) continue
    if (row.fault === null) looked.good += 1
    else {
      looked.bad += 1
      if (looked.faults.length < faultsShown) looked.faults.push({ ...row.fault, number })
    }
  }
  return {
    shape,
    headerRow,
    columns: Array.from({ length: width }, (_, at) => header[at]?.trim().slice(0, longestShown) ?? ''),
    mapping,
    rows: below.slice(0, rowsShown).map(({ number, cells }) => ({
      number,
      cells: cells.slice(0, width).map((cell) => cell.trim().slice(0, longestShown)),
    })),
    checked: looked.good + looked.bad,
    ...looked,
  }
}

async function firstRows(path: string, shape: TableShape): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const chunk of readTable(path, shape)) {
    rows.push(...chunk)
    if (rows.length >= rowsChecked) break
  }
  return rows.slice(0, rowsChecked)
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
