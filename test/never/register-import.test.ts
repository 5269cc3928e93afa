/** A register that is killed, stopped or repeated in the middle neither loses a row nor takes one twice. */
import { filesOnDisk } from './_storage.ts'
import { readFile } from 'node:fs/promises'
import test from 'ava'
import { RegisterImport } from '../../src/models/register-import.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import {
  addRegisterImport,
  cancelRegisterImport,
  runRegisterImport,
} from '../../src/operations/registers/import-register.ts'
import { dropStaleImports } from '../../jobs/drop-stale-imports.ts'
import { rows } from '../../src/queries/rows.ts'
import type { Topic } from '../../src/queue/messages.ts'
import { lookIntoTable } from '../../src/registers/files/look-into-table.ts'
import { fileStore } from '../../src/storage/files.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { actorFor, as, buildOffice, validInn } from '../_support/factories.ts'
import { until } from '../_support/until.ts'
import { allSettled, counts, hasty, startProcess } from './_processes.ts'

await isolatedDatabase()

const topic: Topic = 'register.import'
const policies = { [topic]: { ...hasty, batchSize: 1 } }
const administrator = actorFor('administrator', null)

test.before('an office', () => buildOffice())

const header = 'ИНН;КПП;Наименование;Статус\n'
const line = (inn: string, name: string) => `${inn};770101001;"ООО ""${name}""";Действующее\n`

/** Distinct numbers with right check digits. */
const inns = (count: number): string[] => Array.from({ length: count }, () => validInn())

async function upload(text: string, asOf = '2026-11-01', name = 'egrul.csv'): Promise<RegisterImport> {
  const file = await fileStore().put(Buffer.from(text), { mime: 'text/plain' })
  const { shape, headerRow, mapping, ...look } = await lookIntoTable(fileStore().pathOf(file.key), 'RU')
  return addRegisterImport(as(administrator), {
    country: 'RU',
    asOf,
    file: { ...file, name },
    seen: { shape, headerRow, mapping, look },
    rowsTotal: null,
  })
}

const run = async (made: RegisterImport) => {
  await runRegisterImport(as(administrator), { importId: made.id })
  return made
}
const settled = (made: RegisterImport) =>
  until(async () => !['queued', 'running'].includes((await made.reload()).state), 'the import to end')
const countsOf = ({ rowsAdded, rowsChanged, rowsUnchanged, rowsBad }: RegisterImport) => [
  rowsAdded,
  rowsChanged,
  rowsUnchanged,
  rowsBad,
]
const known = async () => (await counts<'n'>('select count(*)::integer as n from register_organisations')).n
const read = async (made: RegisterImport) =>
  (await counts<'n'>(`select rows_read as n from register_imports where id = ${made.id}`)).n

test.serial(
  'a file is taken in once, its bad rows come back with reasons, and the same file changes nothing',
  async (t) => {
    const numbers = inns(40)
    const [twin] = numbers
    const text =
      header +
      numbers.map((inn, at) => line(inn, `Север ${at}`)).join('') +
      `7707083894;770101001;=HYPERLINK("x");Действующее\n` +
      `${validInn()};770101001;;\n` +
      line(twin ?? '', 'Другой с тем же номером')
    const worker = startProcess(t, { topics: [topic], policies })
    const first = await run(await upload(text))
    await settled(first)
    t.is(first.state, 'done')
    t.deepEqual(countsOf(first), [40, 0, 0, 3])
    t.is(await known(), 40)

    const file = await StoredFile.findByPk(first.fileId ?? '', { rejectOnEmpty: true })
    const told = await readFile(fileStore().pathOf(file.storageKey), 'utf8')
    t.is(
      told,
      '\ufeffСтрока файла;Причина;ИНН;КПП;Наименование;Статус\r\n' +
        '42;Контрольная цифра ИНН не сходится. Проверьте, не переставлены ли цифры;7707083894;770101001;"\'=HYPERLINK(""x"")";Действующее\r\n' +
        told.split('\r\n')[2] +
        `\r\n44;Эта организация уже была выше в этом файле;${twin};770101001;"ООО ""Другой с тем же номером""";Действующее\r\n`,
    )
    t.regex(told.split('\r\n')[2] ?? '', /^43;Нет наименования;/)
    // The bytes of the file itself are gone: only the table of bad rows is kept.
    t.deepEqual(await filesOnDisk(), [file.storageKey])

    const before = await rows<{ id: number }>('select * from register_organisations order by id')
    const again = await run(await upload(text))
    await settled(again)
    t.deepEqual(countsOf(again), [0, 0, 40, 3])
    t.deepEqual(await rows('select * from register_organisations order by id'), before)

    // A newer file changes what differs; an older one changes nothing any more.
    const newer = await run(await upload(text.replace('Север 7', 'Юг 7'), '2026-11-20'))
    await settled(newer)
    t.deepEqual(countsOf(newer), [0, 1, 39, 3])
    const older = await run(await upload(text, '2026-11-10'))
    await settled(older)
    t.deepEqual(countsOf(older), [0, 0, 40, 3])
    t.is(
      (
        await counts<'n'>(
          `select count(*)::integer as n from register_organisations where name like '%Юг 7%'`,
        )
      ).n,
      1,
    )
    t.is(await worker.stop(), 0)
  },
)

test.serial('a killed worker: the next one goes on, and every row is counted once', async (t) => {
  const numbers = inns(60_000)
  const before = await known()
  const made = await run(await upload(header + numbers.map((inn) => line(inn, 'Восток')).join('')))
  const first = startProcess(t, { topics: [topic], policies })
  await until(async () => (await read(made)) > 0, 'the first rows')
  first.child.kill('SIGKILL')
  await first.exited
  const reached = await read(made)
  t.true(reached > 0 && reached < 60_001, `killed at row ${reached}`)
  const second = startProcess(t, { topics: [topic], policies })
  await settled(made)
  t.is(made.state, 'done')
  t.deepEqual(countsOf(made), [60_000, 0, 0, 0])
  t.is(await known(), before + 60_000)
  t.is(await second.stop(), 0)
})

test.serial('stopped in the middle it ends, keeps what it has, and lets its file go', async (t) => {
  const before = await filesOnDisk()
  const numbers = inns(60_000)
  const made = await run(await upload(header + numbers.map((inn) => line(inn, 'Запад')).join('')))
  const worker = startProcess(t, { topics: [topic], policies })
  await until(async () => (await read(made)) > 0, 'the first rows')
  await cancelRegisterImport(as(administrator), { importId: made.id })
  await settled(made)
  await allSettled(topic)
  t.is(made.state, 'cancelled')
  t.true(made.rowsAdded > 0 && made.rowsAdded < 60_000)
  t.is(
    made.rowsAdded,
    (
      await counts<'n'>(
        `select count(*)::integer as n from register_organisations where import_id = ${made.id}`,
      )
    ).n,
  )
  t.deepEqual(await filesOnDisk(), before)
  t.is(await worker.stop(), 0)
})

test.serial('a second import of the same register is refused with the name of the first', async (t) => {
  const text = header + line(validInn(), 'Первый')
  const [first, second] = [await upload(text, '2026-11-01', 'первый.csv'), await upload(text)]
  await run(first)
  const refusal = await t.throwsAsync(run(second), { message: 'register-import-running' })
  t.like(refusal, { params: { name: 'первый.csv' } })
  const pair = [await upload(text), await upload(text)]
  await cancelRegisterImport(as(administrator), { importId: first.id })
  const outcomes = await Promise.allSettled(pair.map(run))
  t.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  for (const made of [second, ...pair]) await cancelRegisterImport(as(administrator), { importId: made.id })
})

test.serial(
  'a file that cannot be read to its end fails with the row, and is let go when forgotten',
  async (t) => {
    const good = inns(3000)
    const broken = `${header}${good.map((inn) => line(inn, 'Край')).join('')}${validInn()};770101001;"${'без конца '.repeat(60_000)}`
    const made = await run(await upload(broken))
    const worker = startProcess(t, { topics: [topic], policies })
    await settled(made)
    await allSettled(topic)
    t.is(made.state, 'failed')
    t.like(made, { failureCode: 'register-file-unreadable', failureParams: { row: 3002 } })
    t.is(await worker.stop(), 0)
    await rows(
      `update register_imports set updated_at = now() - interval '8 days' where id = ${made.id} returning id`,
    )
    await dropStaleImports.run({ now: new Date(), signal: new AbortController().signal } as never)
    t.is((await made.reload()).state, 'cancelled')
    t.is(made.sourceFileId, null)
  },
)
