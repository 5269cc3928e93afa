/** Bench: a public register of 1,000,000 rows from the click to the end, in a real worker process, beside a bare COPY of the file. */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { migrate } from '../src/db/migrate.ts'
import { closeDatabase, pool } from '../src/db/pool.ts'
import { databaseUrl } from '../src/db/sequelize.ts'
import { checkInn, checkOgrn } from '../src/domain/requisites/russia.ts'
import { RegisterImport } from '../src/models/register-import.ts'
import { addRegisterImport, runRegisterImport } from '../src/operations/registers/import-register.ts'
import type { Actor } from '../src/policies/actor.ts'
import { lookIntoTable } from '../src/registers/files/look-into-table.ts'
import { fileStore } from '../src/storage/files.ts'
import { launched } from './launched.ts'
import { residentMegabytes } from './memory.ts'

export type RegisterImportResult = {
  rows: number
  'file, MB': number
  'first, s': number
  'again, s': number
  'peak RSS, MB': number
  /** Null where psql is not installed. */
  'COPY, s': number | null
}

const administrator: Actor = {
  kind: 'user',
  id: 1,
  name: 'Анна Ли',
  role: 'administrator',
  officeId: null,
  organisationId: null,
  language: 'ru',
  timezone: 'Europe/Moscow',
}

/** The number whose last digit is put right: the check itself proposes it. */
const righted = (number: string, check: (text: string) => ReturnType<typeof checkInn>): string => {
  const { value, fault } = check(number)
  return fault?.suggestion ?? value
}

const header =
  'ИНН;КПП;Полное наименование;Сокращённое наименование;ОГРН;Адрес;ФИО руководителя;Должность;ОКВЭД;Статус\n'

/** Every thousandth row has a wrong check digit. */
function* lines(count: number): Generator<string> {
  yield header
  let page = ''
  for (let index = 0; index < count; index++) {
    const inn = righted(`77${String(index).padStart(7, '0')}0`, checkInn)
    const wrong = `${inn.slice(0, 9)}${(Number(inn[9]) + 1) % 10}`
    const ogrn = righted(`10277${String(index).padStart(7, '0')}0`, checkOgrn)
    page +=
      `${index % 1000 === 999 ? wrong : inn};770101001;"ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ ""СЕВЕР ${index}""";` +
      `"ООО ""СЕВЕР ${index}""";${ogrn};127006, ГОРОД МОСКВА, УЛИЦА КАРЕТНЫЙ РЯД, ДОМ ${index % 300}, ОФИС ${index};` +
      `ИВАНОВ ИВАН ИВАНОВИЧ ${index % 97};ГЕНЕРАЛЬНЫЙ ДИРЕКТОР;${10 + (index % 80)}.11;Действующее\n`
    if (page.length > 200_000) {
      yield page
      page = ''
    }
  }
  yield page
}

async function office(): Promise<void> {
  await pool().query(
    `with made as (select nextval(pg_get_serial_sequence('organisations', 'id')) as g)
     insert into organisations (id, office_id, roles, country, kind, name, state)
     select g, g, '{seller}', 'RU', 'legal', 'ООО «Аттестация»', 'active' from made`,
  )
}

/** From the click to the end of the import. */
async function load(
  path: string,
  rows: number,
  worker: () => boolean,
): Promise<{ seconds: number; made: RegisterImport }> {
  const context = { actor: administrator, now: new Date() }
  const file = await fileStore().put({ path }, { maxSize: 2 ** 31, mime: 'text/plain' })
  const { shape, headerRow, mapping, ...look } = await lookIntoTable(fileStore().pathOf(file.key), 'RU')
  const added = await addRegisterImport(context, {
    country: 'RU',
    asOf: '2026-11-01',
    file: { ...file, name: 'egrul.csv' },
    seen: { shape, headerRow, mapping, look },
    rowsTotal: rows,
  })
  const started = performance.now()
  await runRegisterImport(context, { importId: added.id })
  for (;;) {
    await sleep(100)
    const made = await RegisterImport.findByPk(added.id, { rejectOnEmpty: true })
    if (made.state === 'done') return { seconds: (performance.now() - started) / 1000, made }
    if (made.state === 'failed' || !worker()) throw new Error(`the import ended as ${made.state}`)
  }
}

const copied = `
  drop table if exists copied;
  create table copied (inn text, kpp text, name text, short_name text, ogrn text, address text, head text, post text,
    okved text, state text);
  create unique index on copied (inn, kpp) nulls not distinct;`

/** What the database alone needs for the same bytes: COPY of texts with the same key. Null without psql. */
async function bareCopy(path: string): Promise<number | null> {
  await pool().query(copied)
  const started = performance.now()
  const psql = spawn('psql', [
    databaseUrl(),
    '-qc',
    `\\copy copied from '${path}' with (format csv, header, delimiter ';')`,
  ])
  const code = await new Promise<number | null>((resolve) => {
    psql.once('error', () => resolve(null))
    psql.once('close', resolve)
  })
  const seconds = (performance.now() - started) / 1000
  await pool().query('drop table copied')
  return code === 0 ? seconds : null
}

async function measure(path: string, count: number): Promise<RegisterImportResult> {
  await office()
  const worker = spawn(process.execPath, launched('jobs/run-worker.ts'), {
    env: { ...process.env, DATABASE_URL: databaseUrl(), LOG_LEVEL: 'error' },
    stdio: 'inherit',
  })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const lives = () => worker.exitCode === null
  try {
    // It has started when its schedule is published; what it starts with is not part of the click.
    for (let published = 0; published === 0; await sleep(100))
      published = (await pool().query('select from scheduled_jobs')).rowCount ?? 0
    await sleep(1000)
    const first = await load(path, count, lives)
    const again = await load(path, count, lives)
    const peak = await residentMegabytes([worker.pid ?? 0])
    const bad = Math.floor(count / 1000)
    const told = [first.made.rowsAdded, first.made.rowsBad, again.made.rowsUnchanged, again.made.rowsBad]
    if (told.join() !== [count - bad, bad, count - bad, bad].join())
      throw new Error(`not what the file holds: ${told.join()}`)
    const copy = await bareCopy(path)
    const rounded = (value: number) => Math.round(value * 10) / 10
    return {
      rows: count,
      'file, MB': Math.round((await stat(path)).size / 1024 / 1024),
      'first, s': rounded(first.seconds),
      'again, s': rounded(again.seconds),
      'peak RSS, MB': Math.round(peak),
      'COPY, s': copy === null ? null : rounded(copy),
    }
  } finally {
    worker.kill('SIGTERM')
    await exited
  }
}

/** `count` rows on the database of DATABASE_URL, files under STORAGE_DIR. Linux only: memory is read from /proc. */
export async function benchRegisterImport(count = 1_000_000): Promise<RegisterImportResult> {
  const folder = await mkdtemp(join(tmpdir(), 'certdesk-register-'))
  try {
    const path = join(folder, 'egrul.csv')
    await pipeline(Readable.from(lines(count)), createWriteStream(path))
    return await measure(path, count)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await migrate(databaseUrl())
  console.table([await benchRegisterImport(Number(process.argv[2] ?? 1_000_000))])
  await closeDatabase()
}
