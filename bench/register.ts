/** Owns the measurement of the Excel register: whole processes, our writer beside python XlsxWriter on the same rows. */
import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'
import { defineReport } from '../src/reports/define-report.ts'
import { renderXlsx } from '../src/reports/render-xlsx.ts'
import {
  sampleColumns,
  sampleContext,
  sampleRegister,
  sampleRows,
  type SampleRow,
} from './register-sample.ts'

export type RegisterMeasure = {
  name: string
  seconds: number
  /** Peak resident memory of the process tree's largest process. */
  rssMb: number
  fileMb: number
  /** Longest the event loop of our process stood still; absent for the peer. */
  stallMs?: number
}

export type RegisterBench = {
  rows: number
  measures: RegisterMeasure[]
  ratio: number | null
  missing: string[]
}

const SEPARATOR = '\t'
const FIELDS = [
  'issuedOn',
  'invoice',
  'party',
  'inn',
  'kpp',
  'contract',
  'item',
  'kind',
  'quantity',
  'unit',
  'priceMinor',
  'netMinor',
  'rate',
  'vatMinor',
  'totalMinor',
  'paidOn',
  'payment',
  'shippedOn',
  'act',
  'transfer',
  'licence',
  'state',
  'ledger',
  'manager',
] as const satisfies readonly (keyof SampleRow)[]
const NUMBERS = new Set<string>(['quantity', 'priceMinor', 'netMinor', 'vatMinor', 'totalMinor'])

/** The peer writes what we write: formats, widths, frozen header, filter, totals, print settings, dates as dates. */
const PYTHON = `
import sys, datetime, resource, xlsxwriter
src, out, widths, heads = sys.argv[1], sys.argv[2], [int(x) for x in sys.argv[3].split(',')], sys.argv[4].split('|')
book = xlsxwriter.Workbook(out, {'constant_memory': True, 'strings_to_formulas': False, 'strings_to_urls': False, 'strings_to_numbers': False})
sheet = book.add_worksheet('Реестр')
base = {'font_name': 'Arial', 'font_size': 9, 'border': 1, 'border_color': '#D5DAE1', 'valign': 'top'}
F = lambda **more: book.add_format({**base, **more})
text, money = F(num_format='@'), F(num_format='#,##0.00;[Red]-#,##0.00', align='right')
whole, part = F(num_format='#,##0', align='right'), F(num_format='#,##0.000', align='right')
rate, day = F(num_format='0%', align='right'), F(num_format='dd.mm.yyyy', align='center')
head = F(bold=True, bg_color='#E9EDF3', text_wrap=True)
tones = {k: F(num_format='@', font_color=c) for k, c in (('Проведён', '#1B7340'), ('Ожидает ответа', '#6B46B8'), ('Ошибка: нет контрагента', '#B3261E'), ('Не отправлялся', '#5B6675'))}
for i, w in enumerate(widths): sheet.set_column(i, i, w)
sheet.freeze_panes(1, 0); sheet.set_landscape(); sheet.set_paper(9); sheet.fit_to_pages(1, 0); sheet.repeat_rows(0)
for i, h in enumerate(heads): sheet.write_string(0, i, h, head)
dates, sums, r = {}, {8: 0.0, 11: 0, 13: 0, 14: 0}, 0
ws, wn, wb = sheet.write_string, sheet.write_number, sheet.write_blank
for line in open(src, encoding='utf-8'):
    r += 1
    for i, v in enumerate(line.rstrip('\\n').split('\\t')):
        if v == '':
            wb(r, i, None, text)
        elif i in (0, 15, 17):
            n = dates.get(v)
            if n is None: n = dates[v] = (datetime.date.fromisoformat(v) - datetime.date(1899, 12, 30)).days
            wn(r, i, n, day)
        elif i in (10, 11, 13, 14):
            n = int(v)
            if i != 10: sums[i] += n
            wn(r, i, n / 100, money)
        elif i == 8:
            n = float(v); sums[8] += n
            wn(r, i, n, whole if n.is_integer() else part)
        elif i == 12 and v.isdigit():
            wn(r, i, int(v) / 100, rate)
        elif i == 21:
            ws(r, i, v, tones[v])
        else:
            ws(r, i, v, text)
for i, s in sums.items():
    c = chr(65 + i)
    sheet.write_formula(r + 1, i, '=SUBTOTAL(109,%s2:%s%d)' % (c, c, r + 1), money, s if i == 8 else s / 100)
sheet.autofilter(0, 0, r, len(heads) - 1)
book.close()
print('RSS', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
`

async function* readRows(path: string): AsyncGenerator<SampleRow[]> {
  let batch: SampleRow[] = []
  for await (const line of createInterface({ input: createReadStream(path, { highWaterMark: 262_144 }) })) {
    const row: Record<string, unknown> = {}
    const parts = line.split(SEPARATOR)
    for (let index = 0; index < FIELDS.length; index++) {
      const field = FIELDS[index]!
      row[field] = NUMBERS.has(field) ? Number(parts[index]) : parts[index]
    }
    if (row['rate'] !== 'Без НДС') row['rate'] = Number(row['rate'])
    batch.push(row as SampleRow)
    if (batch.length === 1000) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Our side of the race, run as a process of its own: the same file in, a register out. */
async function renderFile(source: string, path: string): Promise<void> {
  let stallMs = 0
  let last = performance.now()
  const clock = setInterval(() => {
    const now = performance.now()
    stallMs = Math.max(stallMs, now - last - 5)
    last = now
  }, 5)
  const report = defineReport({
    ...sampleRegister,
    params: z.object({ rows: z.number() }),
    rows: () => readRows(source),
    sheets: [],
  })
  await renderXlsx(report, { rows: 0 }, sampleContext, { path })
  clearInterval(clock)
  process.stdout.write(
    `RSS ${Math.round(process.resourceUsage().maxRSS / 1024)}\nSTALL ${Math.round(stallMs)}\n`,
  )
}

async function writeSource(path: string, rows: number): Promise<void> {
  const output = createWriteStream(path)
  for await (const batch of sampleRows(rows)) {
    const text = batch.map((row) => FIELDS.map((field) => row[field] ?? '').join(SEPARATOR)).join('\n')
    if (!output.write(`${text}\n`))
      await new Promise<void>((resolve) => output.once('drain', () => resolve()))
  }
  await new Promise<void>((resolve, reject) => output.once('error', reject).end(resolve))
}

async function measure(
  name: string,
  command: string,
  args: readonly string[],
  file: string,
): Promise<RegisterMeasure> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`)
  const seconds = (performance.now() - started) / 1000
  const stall = /STALL (\d+)/.exec(text)?.[1]
  return {
    name,
    seconds,
    rssMb: Number(/RSS (\d+)/.exec(text)?.[1] ?? Number.NaN),
    fileMb: (await stat(file)).size / 1_048_576,
    ...(stall !== undefined && { stallMs: Number(stall) }),
  }
}

async function findPython(): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3']) {
    const found = await promisify(execFile)(python, ['-c', 'import xlsxwriter']).then(
      () => true,
      () => false,
    )
    if (found) return python
  }
  return null
}

/** What the database itself needs to hand over the same rows as CSV: no register can be faster. */
async function measureCopy(url: string, source: string, folder: string): Promise<RegisterMeasure> {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `create temporary table bench_register (${FIELDS.map((field) => `"${field}" text`).join(',')})`,
    )
    let lines: string[] = []
    const store = async () => {
      const rows = lines.map((line) =>
        Object.fromEntries(line.split(SEPARATOR).map((value, at) => [FIELDS[at]!, value])),
      )
      await client.query(
        'insert into bench_register select * from json_populate_recordset(null::bench_register, $1::json)',
        [JSON.stringify(rows)],
      )
      lines = []
    }
    for await (const line of createInterface({ input: createReadStream(source) })) {
      lines.push(line)
      if (lines.length === 5000) await store()
    }
    if (lines.length > 0) await store()
    const file = join(folder, 'copy.csv')
    const started = performance.now()
    await copyOut(client, file)
    return {
      name: 'COPY … CSV (limit)',
      seconds: (performance.now() - started) / 1000,
      rssMb: Number.NaN,
      fileMb: (await stat(file)).size / 1_048_576,
    }
  } finally {
    await client.end()
  }
}

type CopyClient = {
  connection: NodeJS.EventEmitter & { sendCopyFail: (text: string) => void }
  query: (text: string) => Promise<unknown>
}

/** COPY TO STDOUT through the driver's own protocol events; the driver has no public call for it. */
async function copyOut(client: object, file: string): Promise<void> {
  const { connection, query } = client as CopyClient
  const output = createWriteStream(file)
  const take = ({ chunk }: { chunk: Buffer }) => output.write(chunk)
  connection.on('copyData', take)
  await query.call(client, 'copy bench_register to stdout csv')
  connection.off('copyData', take)
  await new Promise<void>((resolve, reject) => output.once('error', reject).end(resolve))
}

/** Makes the rows once, runs each writer as a process and returns what they took; the peer is left out if absent. */
export async function registerBench(
  options: { rows?: number; databaseUrl?: string } = {},
): Promise<RegisterBench> {
  const rows = options.rows ?? 1_000_000
  const folder = await mkdtemp(join(tmpdir(), 'register-bench-'))
  const source = join(folder, 'rows.tsv')
  const missing: string[] = []
  const measures: RegisterMeasure[] = []
  try {
    await writeSource(source, rows)
    if (options.databaseUrl) measures.push(await measureCopy(options.databaseUrl, source, folder))
    else missing.push('COPY … CSV: no DATABASE_URL')
    const ours = join(folder, 'ours.xlsx')
    const node = ['--import=tsx', fileURLToPath(import.meta.url), '--render', source, '--out', ours]
    measures.push(await measure('certdesk register', process.execPath, node, ours))
    const python = await findPython()
    if (python) {
      const theirs = join(folder, 'theirs.xlsx')
      const widths = sampleColumns.map(({ width }) => width).join(',')
      const heads = sampleColumns.map(({ header }) => header.ru).join('|')
      const args = ['-c', PYTHON, source, theirs, widths, heads]
      measures.push(await measure('python XlsxWriter constant_memory', python, args, theirs))
    } else missing.push('python XlsxWriter: not installed')
    const [mine, peer] = ['certdesk register', 'python XlsxWriter constant_memory'].map((name) =>
      measures.find((measured) => measured.name === name),
    )
    return { rows, measures, ratio: mine && peer ? peer.seconds / mine.seconds : null, missing }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const cell = (value: number | undefined, digits: number) =>
  value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits)

/** The table as lines of text. */
export function registerTable({ rows, measures, ratio, missing }: RegisterBench): string {
  return [
    `Excel register, ${rows.toLocaleString('en-US')} rows × ${FIELDS.length} columns (goals: RSS ≤ 300 MB, ≥ 2.5×)`,
    `${'writer'.padEnd(36)}${'s'.padStart(8)}${'rows/s'.padStart(10)}${'RSS MB'.padStart(8)}${'file MB'.padStart(9)}${'stall ms'.padStart(10)}`,
    ...measures.map(
      ({ name, seconds, rssMb, fileMb, stallMs }) =>
        `${name.padEnd(36)}${cell(seconds, 1).padStart(8)}${cell(rows / seconds, 0).padStart(10)}${cell(rssMb, 0).padStart(8)}${cell(fileMb, 1).padStart(9)}${cell(stallMs, 0).padStart(10)}`,
    ),
    ...(ratio === null ? [] : [`faster than the peer: ${ratio.toFixed(2)}×`]),
    ...missing.map((text) => `not measured: ${text}`),
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { rows: { type: 'string' }, render: { type: 'string' }, out: { type: 'string' } },
  })
  if (values.render && values.out) await renderFile(values.render, values.out)
  else {
    const databaseUrl = process.env['DATABASE_URL']
    const result = await registerBench({
      ...(values.rows && { rows: Number(values.rows) }),
      ...(databaseUrl && { databaseUrl }),
    })
    process.stdout.write(`${registerTable(result)}\n`)
  }
}
