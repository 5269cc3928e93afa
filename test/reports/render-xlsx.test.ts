/** Checks the Excel register: what an accountant finds in it, and that its making ends whatever happens. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import anyTest, { type TestFn } from 'ava'
import { z } from 'zod'
import { defineReport, type Column, type ReportContext } from '../../src/reports/define-report.ts'
import { renderXlsx } from '../../src/reports/render-xlsx.ts'
import { newWorkbook, type LibrarySheet } from '../../src/reports/xlsx-library.ts'
import {
  sampleColumns,
  sampleContext,
  sampleRegister,
  sampleRow,
  sampleRows,
} from '../../bench/register-sample.ts'

const test = anyTest as TestFn<{ folder: string; path: string }>

test.beforeEach(async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  t.context = { folder, path: join(folder, 'out', 'Реестр_2026-11_2026-11-22.xlsx') }
})

test.afterEach.always(async (t) => {
  await rm(t.context.folder, { recursive: true, force: true })
})

type Row = Record<string, unknown>

const cellColumn = (
  key: string,
  format: Column<Row>['format'],
  more: Partial<Column<Row>> = {},
): Column<Row> => ({
  key,
  header: { ru: key, en: key },
  width: 12,
  format,
  value: (row) => row[key] as string,
  ...more,
})

function report(columns: Column<Row>[], batches: AsyncIterable<Row[]>) {
  return defineReport({
    name: 'test',
    title: { ru: 'Проверка', en: 'Check' },
    params: z.object({}),
    fileName: () => 'test.xlsx',
    sheet: { ru: 'Реестр', en: 'Register' },
    rows: () => batches,
    columns,
    terms: () => [],
  })
}

async function* batchesOf(...batches: Row[][]): AsyncGenerator<Row[]> {
  yield* batches
}

async function opened(path: string) {
  const workbook = newWorkbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

const leftovers = (path: string) => readdir(join(path, '..'))

async function* stuck(): AsyncGenerator<Row[]> {
  yield [{ a: '1' }]
  await new Promise<void>((resolve) => setTimeout(resolve, 20_000).unref())
}

async function* broken(): AsyncGenerator<Row[]> {
  yield [{ a: '1' }]
  throw new Error('the connection was reset')
}

async function* slow(): AsyncGenerator<Row[]> {
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    yield [{ a: '1' }]
  }
}

const deaf = () => new Writable({ write: () => undefined })

type Printed = LibrarySheet & { pageSetup: Record<string, unknown> }

test('the register opens ready to filter and to print', async (t) => {
  const { path } = t.context
  const result = await renderXlsx(sampleRegister, { rows: 40 }, sampleContext, { path })
  const file = await readFile(path)
  t.is(result.size, file.length)
  t.is(result.sha256, createHash('sha256').update(file).digest('hex'))
  t.deepEqual(await leftovers(path), ['Реестр_2026-11_2026-11-22.xlsx'])

  const workbook = await opened(path)
  t.deepEqual(
    workbook.worksheets.map(({ name }) => name),
    ['Реестр', 'Условия', 'Расхождения'],
  )
  const sheet = workbook.worksheets[0] as Printed
  t.like(sheet.views[0], { state: 'frozen', ySplit: 1 })
  t.deepEqual(sheet.autoFilter as unknown, 'A1:X41')
  t.like(sheet.pageSetup, {
    paperSize: 9,
    orientation: 'landscape',
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  })
  t.true(sheet.getCell('A1').font.bold)
  t.deepEqual(
    (sheet.getRow(1).values as string[]).slice(1),
    sampleColumns.map(({ header }) => header.ru),
  )
  t.deepEqual(
    sampleColumns.map((_, index) => Math.round(sheet.getColumn(index + 1).width! - 0.71)),
    sampleColumns.map(({ width }) => width),
  )
  const row = sampleRow(3)
  t.is(sheet.getCell('B4').value, row.invoice)
  t.is(sheet.getCell('C4').value, row.party)
  t.is(sheet.getCell('O4').value, row.totalMinor / 100)
  t.is(sheet.getCell('O4').numFmt, '#,##0.00;[Red]-#,##0.00')
  t.is(sheet.getCell('A4').numFmt, 'dd.mm.yyyy')
})

test('totals are SUBTOTAL formulas that carry their result, and equal the control sums to the kopeck', async (t) => {
  const { path } = t.context
  const { controlSums, rows } = await renderXlsx(sampleRegister, { rows: 2500 }, sampleContext, { path })
  t.is(rows, 2500)
  let total = 0n
  let vat = 0n
  for await (const batch of sampleRows(2500)) {
    for (const row of batch) {
      total += BigInt(row.totalMinor)
      vat += BigInt(row.vatMinor)
    }
  }
  t.is(controlSums['total'], total)
  t.is(controlSums['vat'], vat)
  const workbook = await opened(path)
  const cell = workbook.worksheets[0]!.getCell('O2502')
  t.deepEqual(cell.value, { formula: 'SUBTOTAL(109,O2:O2501)', result: Number(total) / 100 } as never)
  t.is(workbook.worksheets[0]!.getCell('A2502').value, 'Итого')

  const terms = new Map<string, unknown>()
  workbook.worksheets[1]!.eachRow((row) => terms.set(row.getCell(1).text, row.getCell(2).value))
  t.is(terms.get('Фильтр'), 'Оплата: ноябрь 2026; менеджер: Ким Марина Олеговна')
  t.is(terms.get('Сформировал'), 'Ким Марина Олеговна')
  t.is(terms.get('Сформирован'), '22.11.2026, 12:41')
  t.is(terms.get('Строк'), 2500)
  t.is(terms.get('Контрольная сумма: Всего'), Number(total) / 100)
})

test('text stays text, whatever it looks like', async (t) => {
  const { path } = t.context
  const texts = [
    '0012345678',
    '=1+1',
    '+79000000000',
    '-5',
    '@SUM(A1)',
    '\t=cmd',
    ' с пробелами ',
    '<b>&"\'',
    '_x0041_',
    'строка\nвторая',
    '1E5',
    '22.11.2026',
    'плохой \u0007 знак',
    '«ёлки» қазақ ў',
  ]
  await renderXlsx(
    report(
      [cellColumn('a', 'text'), cellColumn('b', 'code')],
      batchesOf(texts.map((text) => ({ a: text, b: text }))),
    ),
    {},
    sampleContext,
    { path },
  )
  const sheet = (await opened(path)).worksheets[0]!
  for (const [index, text] of texts.entries()) {
    const kept = text === '_x0041_' ? '_x005F_x0041_' : text.replace('\u0007', '')
    for (const at of [1, 2]) {
      const cell = sheet.getCell(index + 2, at)
      t.is(cell.value, kept)
      t.falsy(cell.formula)
      t.is(cell.numFmt, '@')
    }
  }
})

test('sums are exact decimals, negative ones red; long texts are cut where Excel ends', async (t) => {
  const { path } = t.context
  const minors = [1, -1, 100, 104_507, -550_050, 900_719_925_474_099, 0]
  const { controlSums } = await renderXlsx(
    report(
      [cellColumn('sum', 'money', { total: 'sum' }), cellColumn('text', 'text')],
      batchesOf(minors.map((sum) => ({ sum, text: 'я'.repeat(40_000) }))),
    ),
    {},
    sampleContext,
    { path },
  )
  t.is(
    controlSums['sum'],
    minors.reduce((sum, minor) => sum + BigInt(minor), 0n),
  )
  const sheet = (await opened(path)).worksheets[0]!
  t.deepEqual(
    minors.map((_, index) => sheet.getCell(index + 2, 1).value as unknown),
    [0.01, -0.01, 1, 1045.07, -5500.5, 9_007_199_254_740.99, 0],
  )
  t.is(sheet.getCell('B2').text.length, 32_767)
})

test('control sums lose nothing beyond what a double can hold', async (t) => {
  const { path } = t.context
  const sum = Number.MAX_SAFE_INTEGER - 1
  const rows = Array.from({ length: 5 }, () => ({ sum }))
  const { controlSums } = await renderXlsx(
    report([cellColumn('sum', 'money', { total: 'sum' })], batchesOf(rows)),
    {},
    sampleContext,
    { path },
  )
  t.is(controlSums['sum'], BigInt(sum) * 5n)
})

for (const zone of ['Europe/Moscow', 'America/New_York', 'UTC']) {
  test.serial(`a day is the same day when the process lives in ${zone}`, async (t) => {
    const before = process.env['TZ']
    process.env['TZ'] = zone
    try {
      const { path } = t.context
      await renderXlsx(
        report(
          [cellColumn('day', 'day'), cellColumn('at', 'instant')],
          batchesOf([
            { day: '2026-01-03', at: new Date('2026-03-31T22:30:00Z') },
            { day: '2024-02-29', at: '2026-07-01T00:00:00.000Z' },
          ]),
        ),
        {},
        { ...sampleContext, timezone: 'Asia/Almaty' },
        { path },
      )
      const sheet = (await opened(path)).worksheets[0]!
      const iso = (at: string) => (sheet.getCell(at).value as Date).toISOString()
      t.is(iso('A2'), '2026-01-03T00:00:00.000Z')
      t.is(iso('A3'), '2024-02-29T00:00:00.000Z')
      t.is(iso('B2'), '2026-04-01T03:30:00.000Z')
      t.is(iso('B3'), '2026-07-01T05:00:00.000Z')
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })
}

test('quantities and rates are numbers without a dangling point; a phrase instead of a rate is text', async (t) => {
  const { path } = t.context
  await renderXlsx(
    report(
      [cellColumn('quantity', 'quantity', { total: 'sum' }), cellColumn('rate', 'percent')],
      batchesOf([
        { quantity: '2.500', rate: 22 },
        { quantity: 3, rate: 'Без НДС' },
        { quantity: '0.125', rate: 7.5 },
        { quantity: null, rate: null },
      ]),
    ),
    {},
    sampleContext,
    { path },
  )
  const sheet = (await opened(path)).worksheets[0]!
  t.deepEqual(
    [2, 3, 4].map((line) => [sheet.getCell(line, 1).value, sheet.getCell(line, 1).numFmt]) as unknown,
    [
      [2.5, '#,##0.000;[Red]-#,##0.000'],
      [3, '#,##0;[Red]-#,##0'],
      [0.125, '#,##0.000;[Red]-#,##0.000'],
    ],
  )
  t.deepEqual([2, 3, 4].map((line) => sheet.getCell(line, 2).value) as unknown, [0.22, 'Без НДС', 0.075])
  t.is(sheet.getCell(2, 2).numFmt, '0%')
  t.is((sheet.getCell(6, 1).value as { result: number }).result, 5.625)
})

test('rows beyond the end of a sheet continue on the next one with its own header, filter and total', async (t) => {
  const { path } = t.context
  const rows = Array.from({ length: 25 }, (_, index) => ({ sum: index + 1 }))
  const { controlSums } = await renderXlsx(
    report([cellColumn('sum', 'money', { total: 'sum' })], batchesOf(rows)),
    {},
    sampleContext,
    { path, sheetRows: 12 },
  )
  const workbook = await opened(path)
  t.deepEqual(workbook.worksheets.map(({ name, rowCount }) => [name, rowCount]) as unknown, [
    ['Реестр', 12],
    ['Реестр 2', 12],
    ['Реестр 3', 7],
    ['Условия', 5],
  ])
  t.is(workbook.worksheets[1]!.getCell('A2').value, 0.11)
  t.deepEqual(workbook.worksheets[2]!.getCell('A7').value, {
    formula: 'SUBTOTAL(109,A2:A6)',
    result: 1.15,
  } as never)
  t.is(controlSums['sum'], 325n)
})

test('a report without rows is a header without totals', async (t) => {
  const { path } = t.context
  const { rows, controlSums } = await renderXlsx(
    report([cellColumn('sum', 'money', { total: 'sum' })], batchesOf()),
    {},
    { ...sampleContext, language: 'en' },
    { path },
  )
  t.is(rows, 0)
  t.is(controlSums['sum'], 0n)
  const workbook = await opened(path)
  t.deepEqual(
    workbook.worksheets.map(({ name }) => name),
    ['Register', 'Conditions'],
  )
  t.is(workbook.worksheets[0]!.rowCount, 1)
})

test('a value its column does not take names the column and the row, and leaves no file', async (t) => {
  const { path } = t.context
  for (const [format, value] of [
    ['money', 10.5],
    ['day', '22.11.2026'],
    ['integer', 'x'],
    ['quantity', 0.12345],
  ] as const) {
    await t.throwsAsync(
      renderXlsx(
        report([cellColumn('broken', format)], batchesOf([{ broken: null }, { broken: value }])),
        {},
        sampleContext,
        { path },
      ),
      { message: /Column broken, row 2: / },
    )
  }
  t.deepEqual(await leftovers(path), [])
})

test('cancelling in the middle settles at once, closes the source and leaves nothing', async (t) => {
  const { path } = t.context
  const controller = new AbortController()
  let closed = false
  let read = 0
  async function* endless(): AsyncGenerator<Row[]> {
    try {
      while (true) {
        read += 500
        if (read === 20_000) controller.abort(new Error('cancelled by the operator'))
        yield Array.from({ length: 500 }, (_, index) => ({ a: `строка ${index}` }))
      }
    } finally {
      closed = true
    }
  }
  await t.throwsAsync(
    renderXlsx(report([cellColumn('a', 'text')], endless()), {}, sampleContext, {
      path,
      signal: controller.signal,
    }),
    { message: 'cancelled by the operator' },
  )
  t.true(closed)
  t.deepEqual(await leftovers(path), [])
})

test('cancelling while the source gives nothing settles too', async (t) => {
  const { path } = t.context
  const signal = AbortSignal.timeout(200)
  const error = await t.throwsAsync(
    renderXlsx(report([cellColumn('a', 'text')], stuck()), {}, sampleContext, { path, signal }),
    { any: true },
  )
  t.is(error, signal.reason)
  t.deepEqual(await leftovers(path), [])
})

test('an error of the source is the error of the report', async (t) => {
  const { path } = t.context
  await t.throwsAsync(renderXlsx(report([cellColumn('a', 'text')], broken()), {}, sampleContext, { path }), {
    message: 'the connection was reset',
  })
  t.deepEqual(await leftovers(path), [])
})

test('a full disk ends the report with ENOSPC', async (t) => {
  const { path } = t.context
  await t.throwsAsync(
    renderXlsx(sampleRegister, { rows: 20_000 }, sampleContext, {
      path,
      openOutput: () => createWriteStream('/dev/full'),
    }),
    { code: 'ENOSPC' },
  )
  await t.throwsAsync(
    renderXlsx(sampleRegister, { rows: 1 }, sampleContext, {
      path,
      openOutput: () => createWriteStream('/dev/full'),
    }),
    { code: 'ENOSPC' },
  )
  t.deepEqual(await leftovers(path), [])
})

test('an output destroyed under the writer ends the report', async (t) => {
  const { path } = t.context
  let taken = 0
  const openOutput = (file: string) => {
    const output = createWriteStream(file)
    const write = output._write.bind(output)
    output._write = (chunk: Buffer, encoding, done) => {
      taken += chunk.length
      if (taken < 200_000) write(chunk, encoding, done)
      else output.destroy()
    }
    return output
  }
  await t.throwsAsync(renderXlsx(sampleRegister, { rows: 100_000 }, sampleContext, { path, openOutput }))
  t.deepEqual(await leftovers(path), [])
})

test('an output that stops accepting ends the report after the stall time', async (t) => {
  const { path } = t.context
  await t.throwsAsync(
    renderXlsx(sampleRegister, { rows: 100_000 }, sampleContext, { path, openOutput: deaf, stallMs: 400 }),
    { message: /stands still/ },
  )
})

test('a report that takes longer than allowed is ended', async (t) => {
  const { path } = t.context
  await t.throwsAsync(
    renderXlsx(report([cellColumn('a', 'text')], slow()), {}, sampleContext, { path, timeoutMs: 300 }),
    { message: /took too long/ },
  )
  t.deepEqual(await leftovers(path), [])
})

test('the former file stays until the new one is whole', async (t) => {
  const { path } = t.context
  await renderXlsx(sampleRegister, { rows: 1 }, sampleContext, { path })
  await writeFile(path, 'former')
  await t.throwsAsync(
    renderXlsx(sampleRegister, { rows: 10_000 }, sampleContext, {
      path,
      openOutput: () => createWriteStream('/dev/full'),
    }),
  )
  t.is(await readFile(path, 'utf8'), 'former')
  await renderXlsx(sampleRegister, { rows: 5 }, sampleContext, { path })
  t.is((await opened(path)).worksheets[0]!.rowCount, 7)
})

test('progress is told, seldom, and ends with all rows', async (t) => {
  const { path } = t.context
  const told: number[] = []
  await renderXlsx(sampleRegister, { rows: 30_000 }, sampleContext, {
    path,
    onProgress: (rows) => told.push(rows),
  })
  t.is(told.at(-1), 30_000)
  t.true(told.length < 100)
  t.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  )
})

test.serial('fifty thousand rows stay within bounded memory and let other work in between', async (t) => {
  const { path } = t.context
  await renderXlsx(sampleRegister, { rows: 2000 }, sampleContext, { path })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  // How much is written before something else gets its turn, counted in rows: a clock would measure the machine.
  let atOnce = 0
  let most = 0
  const counted = {
    ...sampleRegister,
    async *rows(...given: Parameters<typeof sampleRegister.rows>) {
      for await (const batch of sampleRegister.rows(...given)) {
        atOnce += batch.length
        yield batch
      }
    },
  }
  const turns = setInterval(() => {
    most = Math.max(most, atOnce)
    atOnce = 0
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 1)
  await renderXlsx(counted, { rows: 50_000 }, sampleContext, { path })
  clearInterval(turns)
  t.log(`memory grew by ${Math.round((peak - before) / 1_048_576)} MB, at most ${most} rows at once`)
  t.true(peak - before < 150 * 1_048_576)
  t.true(most > 0 && most <= 4000)
})

test('a report with a column twice or a total over text is refused when it is defined', (t) => {
  t.throws(() => report([cellColumn('a', 'text'), cellColumn('a', 'text')], batchesOf()), {
    message: /defined twice/,
  })
  t.throws(() => report([cellColumn('a', 'text', { total: 'sum' })], batchesOf()), {
    message: /not a number/,
  })
})

test('a context without a known time zone is refused before anything is written', async (t) => {
  const { path } = t.context
  const context: ReportContext = { ...sampleContext, timezone: 'Mars/Olympus' }
  await t.throwsAsync(renderXlsx(sampleRegister, { rows: 1 }, context, { path }), { instanceOf: RangeError })
  t.deepEqual(await leftovers(path), [])
})
