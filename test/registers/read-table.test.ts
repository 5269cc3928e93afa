import { mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { lookIntoTable } from '../../src/registers/files/look-into-table.ts'
import { countRows, readTable, sniffTable, type TableRow } from '../../src/registers/files/table-file.ts'
import { newWorkbook } from '../../src/reports/xlsx-library.ts'

const folder = mkdtempSync(join(tmpdir(), 'certdesk-tables-'))
test.after.always(() => rm(folder, { recursive: true, force: true }))

let last = 0
async function fileOf(bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, `file-${(last += 1)}`)
  await writeFile(path, bytes)
  return path
}

/** The Cyrillic half of windows-1251; the rest of our samples is ASCII. */
const windows1251 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      if (letter === 'Ё') return 0xa8
      if (letter === '«') return 0xab
      if (letter === '»') return 0xbb
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
    }),
  )

async function workbook(fill: (book: ReturnType<typeof newWorkbook>) => void): Promise<string> {
  const book = newWorkbook()
  fill(book)
  return fileOf(Buffer.from(await book.xlsx.writeBuffer()))
}

async function rowsOf(path: string, shape?: Parameters<typeof readTable>[1]): Promise<TableRow[]> {
  const { open } = await import('node:fs/promises')
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
  await file.close()
  const rows: TableRow[] = []
  for await (const chunk of readTable(path, shape ?? (await sniffTable(path, buffer.subarray(0, bytesRead)))))
    rows.push(...chunk)
  return rows
}

const russian =
  'ИНН;КПП;Полное наименование;Руководитель\r\n7707083893;773601001;ПАО «Ёлка»;Иванов Иван\r\n5218002703;521801001;"ООО ""Север; Юг""";\r\n'

for (const [encoding, bytes] of [
  ['utf-8', Buffer.from(russian)],
  ['utf-8 with its mark', Buffer.from(`\ufeff${russian}`)],
  ['windows-1251', windows1251(russian)],
] as const)
  test(`a file in ${encoding} reads as it was written`, async (t) => {
    const path = await fileOf(bytes)
    const look = await lookIntoTable(path, 'RU')
    t.deepEqual(look.shape, {
      format: 'csv',
      encoding: encoding.startsWith('utf-8') ? 'utf-8' : 'windows-1251',
      delimiter: ';',
    })
    t.deepEqual(look.columns, ['ИНН', 'КПП', 'Полное наименование', 'Руководитель'])
    t.deepEqual(look.mapping, { taxId: 0, kpp: 1, name: 2, headName: 3 })
    t.deepEqual(look.rows[1]?.cells, ['5218002703', '521801001', 'ООО "Север; Юг"', ''])
    t.like(look, { headerRow: 1, checked: 2, good: 2, bad: 0 })
    t.is(await countRows(path, look.shape), 3)
  })

for (const delimiter of [',', ';', '\t', '|'])
  test(`the separator ${JSON.stringify(delimiter)} is found out`, async (t) => {
    const lines = [
      'БИН,Наименование,Адрес',
      '050440000005,ТОО Алма; Ата,г. Алматы',
      '940140000385,АО КТЖ,Астана',
    ]
    const path = await fileOf(
      lines
        .map((line) =>
          line
            .split(',')
            .join(delimiter)
            .replace(';', delimiter === ';' ? '' : ';'),
        )
        .join('\n'),
    )
    const { shape } = await lookIntoTable(path, 'KZ')
    t.is(shape.format === 'csv' && shape.delimiter, delimiter)
  })

test('lines above the headers are passed over, and the rows keep their numbers', async (t) => {
  const path = await fileOf(
    `Выгрузка от 01.11.2026;;\n\nУНП;Наименование;Статус\n100582333;ОАО Пример;Действующий\n`,
  )
  const look = await lookIntoTable(path, 'BY')
  t.is(look.headerRow, 3)
  t.deepEqual(
    look.rows.map(({ number }) => number),
    [4],
  )
})

test('a person may say otherwise: no headers, other columns', async (t) => {
  const path = await fileOf('ПАО Сбербанк;x;7707083893\nООО Север;y;5218002703\n')
  const proposed = await lookIntoTable(path, 'RU')
  t.deepEqual([proposed.headerRow, proposed.mapping, proposed.checked], [0, {}, 0])
  const look = await lookIntoTable(path, 'RU', { mapping: { name: 0, taxId: 2 } })
  t.like(look, { checked: 2, good: 2 })
})

test('a quotation mark that is never closed is told with its row', async (t) => {
  const head = 'ИНН;Наименование\n7707083893;ПАО\n'
  const path = await fileOf(`${head}5218002703;"${'ООО без конца\n'.repeat(40_000)}`)
  await t.throwsAsync(rowsOf(path), { message: 'register-file-unreadable' })
})

test('a sheet: the first visible one, its texts, numbers, gaps and signs', async (t) => {
  const path = await workbook((book) => {
    book.addWorksheet('Скрытый', { state: 'hidden' }).addRow(['не сюда'])
    const sheet = book.addWorksheet('Реестр')
    sheet.addRow(['ИНН', 'КПП', 'Наименование'])
    sheet.addRow([7707083893, '', 'ПАО <«Сбербанк» & К>'])
    sheet.addRow([])
    sheet.addRow(['5218002703', null, { richText: [{ text: 'ООО ' }, { text: 'Север' }] }])
    sheet.getCell('E5').value = 'далеко'
  })
  t.deepEqual(await rowsOf(path), [
    { number: 1, cells: ['ИНН', 'КПП', 'Наименование'] },
    { number: 2, cells: ['7707083893', '', 'ПАО <«Сбербанк» & К>'] },
    { number: 4, cells: ['5218002703', '', 'ООО Север'] },
    { number: 5, cells: ['', '', '', '', 'далеко'] },
  ])
  t.is(await countRows(path, { format: 'xlsx' }), 5)
})

test('a sheet of many rows comes in pieces and whole', async (t) => {
  const path = await workbook((book) => {
    const sheet = book.addWorksheet('Реестр')
    for (let at = 0; at < 3500; at++) sheet.addRow([`7${at}`, `Имя ${at}`])
  })
  let pieces = 0
  let next = 1
  for await (const chunk of readTable(path, { format: 'xlsx' })) {
    pieces += 1
    for (const { number, cells } of chunk) {
      t.is(number, next)
      t.is(cells[1], `Имя ${next - 1}`)
      next += 1
    }
  }
  t.is(next, 3501)
  t.true(pieces > 2)
})

test('a damaged workbook is refused and says so', async (t) => {
  const whole = await workbook((book) => {
    const sheet = book.addWorksheet('Реестр')
    for (let at = 0; at < 500; at++) sheet.addRow([`7${at}`, `Имя ${Math.sin(at)}`])
  })
  const { readFile } = await import('node:fs/promises')
  const bytes = await readFile(whole)
  const cut = await fileOf(bytes.subarray(0, bytes.length - 40))
  const spoilt = Buffer.from(bytes)
  const sheet = spoilt.indexOf('xl/worksheets/sheet1.xml')
  spoilt.fill(0xff, sheet + 60, sheet + 400)
  for (const path of [cut, await fileOf(spoilt), await fileOf(Buffer.from('PK\u0003\u0004 не архив'))])
    await t.throwsAsync(lookIntoTable(path, 'RU'), { message: 'xlsx-unreadable' })
})
