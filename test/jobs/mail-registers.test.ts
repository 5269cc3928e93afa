/** Registers on schedule: to the chosen accountants, each period once, whatever runs twice. */
import '../never/_storage.ts'
import test, { type ExecutionContext } from 'ava'
import { exportRun } from '../../jobs/handlers/export-run.ts'
import { mailHandler } from '../../jobs/handlers/mail-send.ts'
import { mailRegisters } from '../../jobs/mail-registers.ts'
import { startWorker } from '../../jobs/worker.ts'
import { smtpTransport } from '../../src/mail/transport.ts'
import { Export } from '../../src/models/export.ts'
import { Mail } from '../../src/models/mail.ts'
import { ReportSchedule } from '../../src/models/report-schedule.ts'
import { rows } from '../../src/queries/rows.ts'
import { moscow } from '../_support/clock.ts'
import { isolatedDatabase } from '../_support/database.ts'
import { buildOffice, buildPaidInvoice, built } from '../_support/factories.ts'
import { startSmtp } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'

await isolatedDatabase()

const run = (now: Date) => mailRegisters.run({ now, period: null, signal: new AbortController().signal })

/** Daily or monthly, to these people; what was paid on `testNow`, the 23rd of November, belongs to it. */
async function schedule(every: 'day' | 'month', recipients: string[], isActive = true) {
  const office = await buildOffice()
  const sold = await buildPaidInvoice({ office })
  const made = await built(() =>
    ReportSchedule.create({ officeId: office.id, report: 'register', every, recipients, isActive }),
  )
  return { ...sold, schedule: made }
}

const registersOf = (officeId: number) => Export.findAll({ where: { officeId }, order: ['id'] })

async function deliver(t: ExecutionContext, letters: number) {
  const server = await startSmtp(t)
  const worker = startWorker({
    handlers: [exportRun, mailHandler(() => smtpTransport(server.url))],
    jobs: [],
  })
  t.teardown(() => worker.stop(3000))
  await until(async () => server.accepted.length >= letters, 'the letters')
  await until(
    async () =>
      (await rows(`select 1 from outbox where state in ('new', 'work') and topic <> 'document.generate'`))
        .length === 0,
    'nothing to be left',
  )
  return server
}

test.serial(
  'a daily register goes to each chosen accountant once, though its job runs four times',
  async (t) => {
    const chosen = ['glavbuh@certdesk.example', 'buh2@certdesk.example']
    const { office, lines } = await schedule('day', chosen)
    await Promise.all([run(moscow('2026-11-24 07:00')), run(moscow('2026-11-24 07:00'))])
    await run(moscow('2026-11-24 07:01'))
    const server = await deliver(t, 2)
    await run(moscow('2026-11-24 23:59'))

    const [made, ...more] = await registersOf(office.id)
    t.deepEqual(more, [])
    t.is(made?.state, 'ready')
    t.is(made?.rowsDone, lines.length)
    t.is(made?.controlMinor['total'], String(lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0)))
    t.deepEqual(
      server.accepted.map(({ to }) => (Array.isArray(to) ? '' : to?.text)).toSorted(),
      chosen.toSorted(),
    )
    t.true(server.accepted.every(({ text }) => /\/l\/\d+-[\w-]{43}/.test(text ?? '')))
    t.is(await Mail.count({ where: { kind: 'register', officeId: office.id } }), 2)

    await run(moscow('2026-11-25 07:00'))
    const next = (await registersOf(office.id)).at(-1)
    t.is(next?.rowsTotal, 0, 'the next day has a register of its own, without the lines of yesterday')
  },
)

test.serial('a monthly register is of the month before, on its first day only', async (t) => {
  const { office, lines } = await schedule('month', ['glavbuh@certdesk.example'])
  for (const day of ['2026-11-24', '2026-11-30', '2026-12-02']) await run(moscow(`${day} 07:00`))
  t.deepEqual(await registersOf(office.id), [])
  await run(moscow('2026-12-01 07:00'))
  await run(moscow('2026-12-01 07:00'))
  const made = await registersOf(office.id)
  t.deepEqual(
    made.map(({ params, rowsTotal }) => [params['period'], rowsTotal]),
    [[{ from: '2026-11-01', to: '2026-11-30' }, lines.length]],
  )
})

test.serial('a schedule that was switched off or deleted sends nothing', async (t) => {
  const off = await schedule('day', ['glavbuh@certdesk.example'], false)
  const gone = await schedule('day', ['glavbuh@certdesk.example'])
  await built(() => gone.schedule.destroy())
  await run(moscow('2026-11-24 07:00'))
  t.deepEqual([...(await registersOf(off.office.id)), ...(await registersOf(gone.office.id))], [])
})
