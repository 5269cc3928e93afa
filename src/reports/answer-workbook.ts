/** The table accounting fills in: its columns, its making, and the reading of what came back, fault by fault. */
import { isDomainError } from '../domain/errors.ts'
import type { ErrorParams } from '../domain/errors.ts'
import { formatDay } from '../domain/date-format.ts'
import type { Language } from '../domain/language.ts'
import { formatMoney } from '../domain/money.ts'
import { readXlsx } from './read-xlsx.ts'
import {
  buildTable,
  TABLE_LINE_KEY,
  TABLE_META_SHEET,
  tableChecksum,
  tableInput,
  type TableColumn,
} from './xlsx-table.ts'
import type { RequestSheet } from '../queries/accounting/request-sheet.ts'

export const answerColumns: readonly TableColumn[] = [
  { key: 'invoice', header: { ru: 'Счёт', en: 'Invoice' }, width: 18, format: 'code' },
  { key: 'name', header: { ru: 'Услуга или товар', en: 'Service or goods' }, width: 38, format: 'text' },
  { key: 'quantity', header: { ru: 'Кол-во', en: 'Quantity' }, width: 8, format: 'number' },
  { key: 'unit', header: { ru: 'Ед.', en: 'Unit' }, width: 6, format: 'text' },
  { key: 'net', header: { ru: 'Без НДС', en: 'Without VAT' }, width: 13, format: 'money' },
  { key: 'vat', header: { ru: 'Ставка НДС', en: 'VAT rate' }, width: 10, format: 'text' },
  { key: 'vatSum', header: { ru: 'НДС', en: 'VAT' }, width: 12, format: 'money' },
  { key: 'total', header: { ru: 'Всего', en: 'Total' }, width: 13, format: 'money' },
  {
    key: 'taxDocumentKind',
    header: { ru: 'Документ (УПД или СФ)', en: 'Document (UPD or SF)' },
    width: 14,
    format: 'text',
    input: true,
  },
  {
    key: 'taxDocumentNumber',
    header: { ru: 'Номер документа', en: 'Document number' },
    width: 14,
    format: 'code',
    input: true,
  },
  {
    key: 'taxDocumentOn',
    header: { ru: 'Дата документа', en: 'Document date' },
    width: 13,
    format: 'day',
    input: true,
  },
  { key: 'externalNumber', header: { ru: '№ 1С', en: '1C number' }, width: 12, format: 'code', input: true },
  { key: 'comment', header: { ru: 'Комментарий', en: 'Comment' }, width: 24, format: 'text', input: true },
]

const words = {
  ru: {
    title: 'Запрос в бухгалтерию №',
    sheet: 'Запрос',
    kpp: 'КПП',
    inn: 'ИНН',
    contract: 'Договор',
    from: 'от',
    shipment: 'Дата отгрузки',
    sum: 'Всего',
    noVat: 'без НДС',
    file: 'Запрос',
  },
  en: {
    title: 'Accounting request No.',
    sheet: 'Request',
    kpp: 'KPP',
    inn: 'INN',
    contract: 'Contract',
    from: 'of',
    shipment: 'Shipment date',
    sum: 'Total',
    noVat: 'no VAT',
    file: 'Request',
  },
} as const satisfies Record<Language, Record<string, string>>

/** «22 %», «без НДС». */
export const vatLabel = (vatPercent: string | null, language: Language): string =>
  vatPercent === null ? words[language].noVat : `${Number(vatPercent)}\u00a0%`

/** The workbook as bytes; the kind of document is filled in beforehand, because it seldom differs. */
export function answerWorkbook(sheet: RequestSheet, language: Language): Promise<Buffer> {
  const w = words[language]
  const { organisation, contract } = sheet
  const requisites = [
    organisation.name,
    organisation.taxId && `${w.inn} ${organisation.taxId}`,
    organisation.kpp && `${w.kpp} ${organisation.kpp}`,
    contract && `${w.contract} ${contract.number} ${w.from} ${formatDay(contract.signedOn, language)}`,
  ]
  return buildTable({
    language,
    sheet: w.sheet,
    title: `${w.title} ${sheet.number}`,
    notes: [
      requisites.filter(Boolean).join(', '),
      `${w.shipment}: ${formatDay(sheet.shipmentOn, language)}. ${w.sum}: ${formatMoney(sheet.totalMinor, sheet.currency, language)}`,
    ],
    columns: answerColumns,
    rows: sheet.lines.map((line) => ({
      id: line.lineId,
      values: {
        invoice: line.invoiceNumber,
        name: line.name,
        quantity: Number(line.quantity),
        unit: line.unit,
        net: line.netMinor,
        vat: vatLabel(line.vatPercent, language),
        vatSum: line.vatMinor,
        total: line.totalMinor,
        taxDocumentKind: line.taxDocumentKind === 'tax_invoice' ? 'СФ' : 'УПД',
        taxDocumentNumber: line.taxDocumentNumber,
        taxDocumentOn: line.taxDocumentOn,
        externalNumber: line.externalNumber,
        comment: line.comment,
      },
    })),
    request: String(sheet.id),
  })
}

export const answerFileName = (sheet: RequestSheet, extension: 'xlsx' | 'json', language: Language): string =>
  `${words[language].file}_${sheet.number}.${extension}`

/** The same data for a machine: sums in minor units, days as YYYY-MM-DD. */
export function answerJson(sheet: RequestSheet): Buffer {
  const { organisation, contract } = sheet
  const document = {
    format: 'certdesk.accounting-request',
    version: 1,
    request: {
      id: sheet.id,
      number: sheet.number,
      shipmentOn: sheet.shipmentOn,
      currency: sheet.currency,
      totalMinor: sheet.totalMinor,
    },
    seller: { name: sheet.seller.name },
    customer: organisation,
    contract,
    lines: sheet.lines.map(
      ({
        taxDocumentKind: _k,
        taxDocumentNumber: _n,
        taxDocumentOn: _d,
        externalNumber: _e,
        comment: _c,
        ...line
      }) => line,
    ),
  }
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`)
}

/** One thing wrong in a file. `rowNumber` as Excel shows it; `column` is a key of `answerColumns` or null. */
export type RowFault = Readonly<{
  rowNumber: number | null
  column: string | null
  code: string
  params: ErrorParams
}>

export type ReadLine = Readonly<{
  lineId: number
  taxDocumentKind: 'upd' | 'tax_invoice'
  taxDocumentNumber: string
  taxDocumentOn: string
  externalNumber: string | null
  comment: string | null
}>

export type ReadAnswer =
  | Readonly<{ requestId: number; checksum: string; lines: readonly ReadLine[]; faults: readonly [] }>
  | Readonly<{
      requestId: number | null
      checksum: string | null
      lines: readonly []
      faults: readonly RowFault[]
    }>

const kinds: Record<string, ReadLine['taxDocumentKind']> = {
  упд: 'upd',
  upd: 'upd',
  сф: 'tax_invoice',
  sf: 'tax_invoice',
  'счет-фактура': 'tax_invoice',
  'tax invoice': 'tax_invoice',
}

/**
 * Reads a filled-in workbook without believing it: every fault of every row is listed and then no line is returned.
 * A file that is no workbook of ours, or one that could not be read at all, is a single fault without a row.
 */
export async function readAnswer(file: Uint8Array): Promise<ReadAnswer> {
  const wrong = (code: string, params: ErrorParams = {}): ReadAnswer => ({
    requestId: null,
    checksum: null,
    lines: [],
    faults: [{ rowNumber: null, column: null, code, params }],
  })
  let table
  try {
    table = await readXlsx(file, { columns: tableInput(answerColumns), metaSheet: TABLE_META_SHEET })
  } catch (error) {
    if (!isDomainError(error)) throw error
    return wrong(error.code, error.params)
  }
  const { meta } = table
  if (!/^[1-9]\d{0,15}$/.test(meta['request'] ?? '') || !meta['checksum'])
    return wrong('answer.workbook-foreign')

  const faults: RowFault[] = []
  const lines: ReadLine[] = []
  const seen = new Map<string, number>()
  for (const { rowNumber, values, faults: cells } of table.rows) {
    // Notes under the table are the accountant's own business.
    if (values[TABLE_LINE_KEY] === null && cells.length === 0) continue
    const say = (column: string | null, code: string, params: ErrorParams = {}) =>
      faults.push({ rowNumber, column, code, params })
    for (const { key, code, value } of cells) say(key, code, { value })
    const key = String(values[TABLE_LINE_KEY] ?? '')
    if (!/^[1-9]\d{0,15}$/.test(key)) say(null, 'answer.line-key-damaged')
    else if (seen.has(key)) say(null, 'answer.line-twice', { row: seen.get(key) ?? 0 })
    else seen.set(key, rowNumber)
    const text = (name: string) => {
      const value = values[name]
      return value === null || value === undefined ? '' : String(value).trim()
    }
    const isFaulty = (name: string) => cells.some((cell) => cell.key === name)
    const named = text('taxDocumentKind').toLowerCase().replaceAll('ё', 'е')
    const kind = kinds[named]
    if (!kind && !isFaulty('taxDocumentKind'))
      say('taxDocumentKind', named === '' ? 'required' : 'answer.tax-document-kind', {
        value: text('taxDocumentKind'),
      })
    if (text('taxDocumentNumber') === '' && !isFaulty('taxDocumentNumber'))
      say('taxDocumentNumber', 'required')
    if (text('taxDocumentOn') === '' && !isFaulty('taxDocumentOn')) say('taxDocumentOn', 'required')
    if (kind)
      lines.push({
        lineId: Number(key),
        taxDocumentKind: kind,
        taxDocumentNumber: text('taxDocumentNumber'),
        taxDocumentOn: text('taxDocumentOn'),
        externalNumber: text('externalNumber') || null,
        comment: text('comment') || null,
      })
  }
  const requestId = Number(meta['request'])
  // Lost, added or exchanged lines: the file no longer is the table that was sent.
  if (faults.length === 0 && tableChecksum(String(requestId), seen.keys()) !== meta['checksum'])
    faults.push({ rowNumber: null, column: null, code: 'answer.workbook-changed', params: {} })
  if (faults.length > 0) return { requestId, checksum: meta['checksum'], lines: [], faults }
  return { requestId, checksum: meta['checksum'], lines, faults: [] }
}

/** Whether the workbook is about the lines the request has now; one from before a change is refused. */
export const isCurrent = (checksum: string, requestId: number, lineIds: readonly number[]): boolean =>
  checksum === tableChecksum(String(requestId), lineIds)
