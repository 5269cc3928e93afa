/** Checks the workbook sent to accounting and its way back. */
import test from 'ava'
import { readXlsx } from '../../src/reports/read-xlsx.ts'
import {
  buildTable,
  TABLE_LINE_KEY,
  TABLE_META_SHEET,
  tableChecksum,
  tableInput,
  type Table,
} from '../../src/reports/xlsx-table.ts'
import { newWorkbook } from '../../src/reports/xlsx-library.ts'

const table: Table = {
  language: 'ru',
  sheet: 'Запрос',
  title: 'Запрос в бухгалтерию № 118 от 22.11.2026',
  notes: ['Отправил: Ким Марина Олеговна, ООО «Северные технологии».', 'Ответить до 25.11.2026.'],
  columns: [
    { key: 'party', header: { ru: 'Контрагент', en: 'Customer' }, width: 36, format: 'text' },
    { key: 'inn', header: { ru: 'ИНН', en: 'INN' }, width: 13, format: 'code' },
    { key: 'item', header: { ru: 'Наименование', en: 'Item' }, width: 44, format: 'text' },
    { key: 'total', header: { ru: 'Сумма', en: 'Total' }, width: 14, format: 'money' },
    { key: 'number', header: { ru: '№ УПД/СФ', en: 'Document' }, width: 14, format: 'code', input: true },
    { key: 'day', header: { ru: 'Дата УПД/СФ', en: 'Document date' }, width: 12, format: 'day', input: true },
    { key: 'ledger', header: { ru: '№ 1С', en: 'Ledger number' }, width: 16, format: 'code', input: true },
    { key: 'comment', header: { ru: 'Комментарий', en: 'Comment' }, width: 30, format: 'text', input: true },
  ],
  rows: [
    {
      id: 901,
      values: {
        party: '=ООО «Ромашка»',
        inn: '0012345678',
        item: 'Выпуск сертификата',
        total: 104_507,
        number: null,
        day: null,
        ledger: null,
        comment: null,
      },
    },
    {
      id: 902,
      values: {
        party: 'АО «Прибор» & партнёры',
        inn: '7707083893',
        item: 'Право использования СКЗИ «КриптоПро CSP» версии 5.0 на одном рабочем месте без ограничения срока',
        total: -50,
        number: '000017',
        day: '2026-11-22',
        ledger: '00БП-000017',
        comment: null,
      },
    },
  ],
  request: 'request-118',
}

async function reopened(file: Buffer) {
  const workbook = newWorkbook()
  await workbook.xlsx.load(file as never)
  return workbook
}

test('what the accountant fills in is read back with its line and request', async (t) => {
  const workbook = await reopened(await buildTable(table))
  const sheet = workbook.worksheets[0]!
  const first = sheet.getRow(7)
  first.getCell(5).value = '000016'
  first.getCell(6).value = new Date('2026-11-21T00:00:00Z')
  first.getCell(8).value = { richText: [{ text: 'Закрыто ' }, { text: 'полностью' }] }
  const answer = Buffer.from(await workbook.xlsx.writeBuffer())

  const { rows, meta } = await readXlsx(answer, {
    columns: tableInput(table.columns),
    metaSheet: TABLE_META_SHEET,
  })
  t.deepEqual(rows, [
    {
      rowNumber: 7,
      values: {
        [TABLE_LINE_KEY]: '901',
        number: '000016',
        day: '2026-11-21',
        ledger: null,
        comment: 'Закрыто полностью',
      },
      faults: [],
    },
    {
      rowNumber: 8,
      values: {
        [TABLE_LINE_KEY]: '902',
        number: '000017',
        day: '2026-11-22',
        ledger: '00БП-000017',
        comment: null,
      },
      faults: [],
    },
  ])
  t.is(meta['request'], 'request-118')
  t.is(meta['checksum'], tableChecksum('request-118', ['902', 901]))
})

test('only the input cells are unlocked, dates are checked while typing, keys are out of sight', async (t) => {
  const workbook = await reopened(await buildTable(table))
  const sheet = workbook.worksheets[0]!
  t.true((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection.sheet)
  const row = sheet.getRow(7)
  t.deepEqual(
    [1, 4, 5, 6, 7, 8].map((at) => row.getCell(at).protection?.locked !== false),
    [true, true, false, false, false, false],
  )
  t.is(row.getCell(6).dataValidation.type, 'date')
  t.true(sheet.getColumn(9).hidden)
  t.is(workbook.getWorksheet(TABLE_META_SHEET)?.state, 'veryHidden')
  t.is(row.getCell(1).value, '=ООО «Ромашка»')
  t.is(row.getCell(2).value, '0012345678')
  t.is(row.getCell(4).value, 1045.07)
})
