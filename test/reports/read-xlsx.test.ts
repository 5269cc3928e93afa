/** Checks the reading of filled-in tables: forgiving to people, unforgiving to files. */
import { crc32, deflateRawSync } from 'node:zlib'
import test from 'ava'
import { isDomainError } from '../../src/domain/errors.ts'
import { readXlsx, type InputColumn } from '../../src/reports/read-xlsx.ts'
import { newWorkbook, type LibraryValue } from '../../src/reports/xlsx-library.ts'
import { packStored, unpackXlsx } from '../../src/reports/xlsx-unpack.ts'

const columns: InputColumn[] = [
  { key: 'inn', header: { ru: 'ИНН', en: 'INN' }, format: 'code', digits: [10, 12], required: true },
  {
    key: 'number',
    header: { ru: '№ УПД/СФ', en: 'Transfer document' },
    also: ['номер УПД'],
    format: 'code',
    required: true,
  },
  { key: 'day', header: { ru: 'Дата УПД/СФ', en: 'Document date' }, format: 'day' },
  { key: 'sum', header: { ru: 'Сумма', en: 'Total' }, format: 'money' },
  { key: 'quantity', header: { ru: 'Кол-во', en: 'Quantity' }, format: 'number' },
  { key: 'comment', header: { ru: 'Комментарий', en: 'Comment' }, format: 'text' },
]

async function workbookOf(rows: unknown[][]): Promise<Buffer> {
  const workbook = newWorkbook()
  const sheet = workbook.addWorksheet('Лист1')
  for (const [index, row] of rows.entries()) {
    for (const [at, value] of row.entries()) sheet.getCell(index + 1, at + 1).value = value as LibraryValue
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const HEADERS = ['ИНН', '№ УПД/СФ', 'Дата УПД/СФ', 'Сумма', 'Кол-во', 'Комментарий']
const refused = async (file: Uint8Array, code: string, options = {}) =>
  readXlsx(file, { columns, ...options }).then(
    () => `read instead of ${code}`,
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  )

test('headers are found under a title, in either language, whatever their case and spaces', async (t) => {
  const russian = await workbookOf([
    ['Ответ бухгалтерии'],
    [],
    ['Комментарий', ' и н н ', '№  упд / сф'],
    ['ок', '7707083893', '17'],
  ])
  const english = await workbookOf([
    ['TOTAL', 'inn', 'Transfer Document'],
    [10.5, '7707083893', '17'],
  ])
  const shorter = await workbookOf([
    ['ИНН:', 'Номер УПД'],
    ['7707083893', '17'],
  ])
  t.deepEqual((await readXlsx(russian, { columns })).rows[0], {
    rowNumber: 4,
    values: { inn: '7707083893', number: '17', day: null, sum: null, quantity: null, comment: 'ок' },
    faults: [],
  })
  t.is((await readXlsx(english, { columns })).rows[0]!.values['sum'], 1050)
  t.is((await readXlsx(shorter, { columns })).rows[0]!.values['number'], '17')
})

test('cells are taken as people leave them', async (t) => {
  const file = await workbookOf([
    HEADERS,
    [
      '0012345678',
      17,
      new Date('2026-01-03T00:00:00Z'),
      '1 045,07 ₽',
      '2,5',
      { richText: [{ text: 'час' }, { text: 'тично' }] },
    ],
    [
      '7707083893',
      { formula: 'A1&"x"', result: '000018' },
      '3.1.26',
      { formula: '1+1', result: 2.1 },
      3,
      { text: 'письмо', hyperlink: 'https://example.org' },
    ],
    ['7707083893', ' 19 ', '2026-11-22', -0.29, '', null],
    ['7707083893', 1e15, 46_025, 1045, null, '  '],
    [null, '', null, null, ' ', null],
  ])
  const { rows } = await readXlsx(file, { columns })
  t.deepEqual(
    rows.map(({ rowNumber, values }) => [rowNumber, ...Object.values(values)]),
    [
      [2, '0012345678', '17', '2026-01-03', 104_507, 2.5, 'частично'],
      [3, '7707083893', '000018', '2026-01-03', 210, 3, 'письмо'],
      [4, '7707083893', '19', '2026-11-22', -29, null, null],
      [5, '7707083893', '1000000000000000', '2026-01-03', 104_500, null, null],
    ],
  )
  t.true(rows.every(({ faults }) => faults.length === 0))
})

test('what does not fit is reported by row and cell, all at once', async (t) => {
  const file = await workbookOf([
    HEADERS,
    [12_345_678, '17', '31.02.2026', 'сто рублей', 'много', null],
    [7_707_083_893, '18', 'завтра', 10.005, { formula: '1/0', result: { error: '#DIV/0!' } }, null],
    [50_010_073_225, '19', null, null, null, null],
  ])
  const { rows } = await readXlsx(file, { columns })
  t.deepEqual(
    rows.map(({ rowNumber, faults }) => [rowNumber, faults.map(({ key, code }) => `${key}: ${code}`)]),
    [
      [
        2,
        [
          'inn: cell-lost-zeros',
          'day: cell-not-a-day',
          'sum: cell-not-a-number',
          'quantity: cell-not-a-number',
        ],
      ],
      [3, ['day: cell-not-a-day', 'sum: cell-not-a-number', 'quantity: cell-is-an-error']],
      [4, ['inn: cell-lost-zeros']],
    ],
  )
  t.is(rows[0]!.values['inn'], '12345678')
})

test('a missing column is named', async (t) => {
  const error = await t.throwsAsync(
    readXlsx(
      await workbookOf([
        ['ИНН', 'Прочее'],
        ['1', '2'],
      ]),
      { columns },
    ),
  )
  t.true(isDomainError(error, 'xlsx-missing-columns'))
  t.deepEqual((error as { params?: unknown }).params, { columns: '№ УПД/СФ' })
})

test('files that are no workbook are unreadable', async (t) => {
  const good = await workbookOf([HEADERS, ['7707083893', '17']])
  const cut = good.subarray(0, good.length - 40)
  const torn = Buffer.from(good)
  torn.fill(0xff, 60, 400)
  const doctype = new Map(unpackXlsx(good, { maxBytes: 1e7, maxUnpackedBytes: 1e7, maxEntries: 100 }))
  doctype.set('xl/worksheets/sheet1.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'))
  const files = [
    Buffer.alloc(0),
    Buffer.from('PK'),
    Buffer.from('<html>Ошибка 404</html>'.repeat(20)),
    cut,
    torn,
    packStored(doctype),
    packStored(new Map([['word/document.xml', Buffer.from('<a/>')]])),
  ]
  for (const file of files) t.is(await refused(file, 'xlsx-unreadable'), 'xlsx-unreadable')
})

/** One deflated entry whose directory lies about its unpacked size. */
function bomb(name: string, bytes: Buffer, declared: number): Buffer {
  const stored = packStored(
    new Map([
      [name, Buffer.alloc(0)],
      ['xl/workbook.xml', Buffer.from('<workbook/>')],
    ]),
  )
  const packed = deflateRawSync(bytes, { level: 9 })
  const head = 30 + name.length
  const file = Buffer.concat([stored.subarray(0, head), packed, stored.subarray(head)])
  const end = file.length - 22
  const directory = stored.readUInt32LE(stored.length - 6) + packed.length
  file.writeUInt32LE(directory, end + 16)
  for (const [at, shift] of [
    [0, 0],
    [directory, 2],
  ] as const) {
    file.writeUInt16LE(8, at + 8 + shift)
    file.writeUInt32LE(crc32(bytes), at + 14 + shift)
    file.writeUInt32LE(packed.length, at + 18 + shift)
    file.writeUInt32LE(declared, at + 22 + shift)
  }
  const second = directory + 46 + name.length
  file.writeUInt32LE(file.readUInt32LE(second + 42) + packed.length, second + 42)
  return file
}

test('a zip bomb is refused by what it unpacks to, not by what it says', async (t) => {
  const file = bomb('xl/worksheets/sheet1.xml', Buffer.alloc(200 * 1_048_576, 'a'), 1000)
  t.true(file.length < 1_048_576)
  const before = process.memoryUsage().rss
  t.is(await refused(file, 'xlsx-too-big'), 'xlsx-too-big')
  t.true(process.memoryUsage().rss - before < 150 * 1_048_576)
})

test('too large a file, too many parts and too many rows are refused', async (t) => {
  const many = await workbookOf([
    HEADERS,
    ...Array.from({ length: 30 }, (_, index) => ['7707083893', String(index)]),
  ])
  t.is(await refused(many, 'xlsx-too-big', { maxBytes: 1000 }), 'xlsx-too-big')
  t.is(await refused(many, 'xlsx-too-big', { maxEntries: 3 }), 'xlsx-too-big')
  t.is(await refused(many, 'xlsx-too-big', { maxUnpackedBytes: 5000 }), 'xlsx-too-big')
  t.is(await refused(many, 'xlsx-too-big', { maxRows: 29 }), 'xlsx-too-big')
  t.is((await readXlsx(many, { columns, maxRows: 30 })).rows.length, 30)
})

test('the first visible sheet is read, and a hidden one only for its pairs', async (t) => {
  const workbook = newWorkbook()
  const hidden = workbook.addWorksheet('certdesk', { state: 'veryHidden' })
  hidden.addRow(['request', 'r-1'])
  hidden.addRow(['__proto__', 'x'])
  const sheet = workbook.addWorksheet('Ответ')
  sheet.addRow(HEADERS)
  sheet.addRow(['7707083893', '17'])
  const file = Buffer.from(await workbook.xlsx.writeBuffer())
  const { rows, meta } = await readXlsx(file, { columns, metaSheet: 'certdesk' })
  t.is(rows.length, 1)
  t.deepEqual(meta, { request: 'r-1' })
})
