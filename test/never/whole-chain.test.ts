/** The main job from the button to the register, by two workers on one clock whose memory is wiped again and again. */
import './_storage.ts'
import test, { type ExecutionContext } from 'ava'
import type { ParsedMail } from 'mailparser'
import { jobs } from '../../jobs/index.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { ReportSchedule } from '../../src/models/report-schedule.ts'
import { sealAuditTrail, verifyAuditTrail } from '../../src/operations/audit-chain.ts'
import { rows } from '../../src/queries/rows.ts'
import { readXlsx } from '../../src/reports/read-xlsx.ts'
import { registerReport } from '../../src/reports/register.ts'
import { later } from '../_support/clock.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  buildIssuedInvoice,
  buildOffice,
  buildOrganisation,
  buildUser,
  built,
} from '../_support/factories.ts'
import { inMongo, inPostgres, type TestStore } from '../_support/job-stores.ts'
import { startMongo } from '../_support/mongod.ts'
import { startSmtp, type TestServer } from '../_support/smtp.ts'
import { until } from '../_support/until.ts'
import { startBackOffice, type Browser } from '../admin/_server.ts'
import { counts, startProcess } from './_processes.ts'
import { buildShop, filesMatchRows, lineIdsOf, payInvoices } from './_sales.ts'

// First: hooks may only be declared in the turn of isolatedDatabase.
const mongo = await startMongo()
await isolatedDatabase()
const office = startBackOffice()

test.after.always('the job store goes', async () => {
  if (typeof mongo !== 'string') await mongo.stop()
})

test.before('a table nobody but the workers of this file writes to', () =>
  rows(
    'create table job_calls (job text, period text, worker integer, at timestamptz default clock_timestamp())',
  ),
)

const everyFiveSeconds = Object.fromEntries(jobs.map(({ name }) => [name, '*/5 * * * * *']))
/** The address of the personal link in a letter. */
const linkIn = (letter: ParsedMail): string => {
  const [address] = /\/l\/\d+-[\w-]{43}/.exec(letter.text ?? '') ?? []
  if (!address) throw new Error(`no link in «${letter.subject}»`)
  return address
}

const about = (mail: TestServer, words: RegExp) =>
  mail.accepted.filter(({ subject }) => words.test(subject ?? ''))

const api = '/admin/api/resources'

/** Presses a button of the back office; fails the test when it is refused. */
async function press(t: ExecutionContext, visitor: Browser, path: string, payload: object = {}) {
  const { status, body } = await visitor.post(`${api}/${path}`, payload)
  t.is(status, 200, path)
  t.is(body.notice?.type, 'success', `${path}: ${JSON.stringify(body.notice)}`)
  return body
}

const perLine = (lineIds: readonly number[], of: (lineId: number) => Record<string, string>) =>
  Object.assign({}, ...lineIds.map(of)) as Record<string, string>

/** What the accountant fills in without an account. */
async function answerByLink(t: ExecutionContext, path: string, lineIds: readonly number[]): Promise<void> {
  const url = (await office.url()) + path
  t.is((await fetch(url)).status, 200)
  const body = new FormData()
  const fields = perLine(lineIds, (id) => ({
    [`kind_${id}`]: 'upd',
    [`number_${id}`]: `У-${id}`,
    [`on_${id}`]: '2026-11-23',
  }))
  for (const [name, value] of Object.entries({ action: 'confirm', ...fields })) body.append(name, value)
  const headers = { 'sec-fetch-site': 'same-origin' }
  t.is((await fetch(url, { method: 'POST', body, headers })).status, 200)
}

/** The register as its reader opens it. */
async function registerOf(t: ExecutionContext, visitor: Browser, exportId: number) {
  const url = `${await office.url()}/admin/files/export/${exportId}`
  const answer = await fetch(url, { headers: { cookie: visitor.cookie() } })
  t.is(answer.status, 200)
  const columns = registerReport.columns.map(({ key, header, format }) => ({
    key,
    header,
    format: format === 'money' ? ('money' as const) : ('text' as const),
  }))
  const table = await readXlsx(new Uint8Array(await answer.arrayBuffer()), { columns, headerWithin: 12 })
  return table.rows.map(({ values }) => values).filter(({ invoiceNumber }) => invoiceNumber)
}

/** Of an office of its own: due ten days after it was issued, so that by now a reminder is at hand. */
async function overdueInvoice() {
  const neighbour = await buildOffice()
  const organisation = await buildOrganisation({ office: neighbour, email: 'late@polus.example' })
  return buildIssuedInvoice({ office: neighbour, organisation, now: later(new Date(), { days: -19 }) })
}

async function wholeChain(t: ExecutionContext, store: TestStore): Promise<void> {
  t.timeout(600_000)
  await rows('truncate job_calls, job_runs, scheduled_jobs')
  const digests = () =>
    counts<'n'>('select count(*)::integer as n from notification_digests where mail_id is not null')
  const digestsBefore = await digests()
  const mail = await startSmtp(t)
  const shop = await buildShop()
  const sold = await payInvoices(shop, 8, 3)
  const lineIds = lineIdsOf(sold)
  const overdue = await overdueInvoice()
  await built(() =>
    ReportSchedule.create({
      officeId: shop.office.id,
      report: 'register',
      every: 'day',
      recipients: ['glavbuh@certdesk.example'],
    }),
  )
  const operator = await office.signIn((await buildUser({ office: shop.office })).email)
  const environment = { ...store.environment, SMTP_URL: mail.url, PUBLIC_URL: await office.url() }
  // What the sale was built of happened at the fixed hour of the factories.
  await sealAuditTrail()
  const workers = [1, 2].map(() =>
    startProcess(t, { jobs: everyFiveSeconds, countsJobs: true, checkEveryMs: 1000 }, environment),
  )
  await Promise.all(workers.map(({ ready }) => ready))
  const wipe = async () => {
    await store.wipe()
    await until(async () => (await store.entries()) === jobs.length, 'the clock to be set anew')
  }
  await wipe()

  // The request, and its letter.
  const ticked = lineIds.join(',')
  const asked = await press(t, operator, `invoice-lines/bulk/requestShipment?recordIds=${ticked}`)
  const { requestIds } = asked.result as { requestIds: number[] }
  t.is(requestIds.length, 1)
  const [requestId] = requestIds as [number]
  await store.wipe()
  await until(async () => about(mail, /Запрос|отгрузк/i).length === 1, 'the letter to accounting')
  const [letter] = about(mail, /Запрос|отгрузк/i) as [ParsedMail]
  await until(
    async () => (await AccountingRequest.findByPk(requestId))?.state === 'sent',
    'the request to be sent',
  )

  // The answer by its link, and «Подтвердить».
  await answerByLink(t, linkIn(letter), lineIds)
  await store.wipe()
  await press(t, operator, `accounting-requests/records/${requestId}/acknowledge`)

  // Acts and licences, on paper.
  const form = { acts: true, licences: true }
  const made = await press(t, operator, `invoice-lines/bulk/generateDocuments?recordIds=${ticked}`, form)
  t.like(made.result, { created: 8 * 4 })
  await store.wipe()
  const isActed = async () =>
    (await InvoiceLine.count({ where: { id: lineIds, state: 'acted' } })) === lineIds.length
  await until(isActed, 'the papers')

  // To the client, who opens one of them.
  await press(t, operator, `invoice-lines/bulk/publishDocuments?recordIds=${ticked}`)
  await store.wipe()
  await until(async () => about(mail, /документ/).length === 1, 'the letter to the client')
  const [toClient] = about(mail, /документ/) as [ParsedMail]
  const papers = await Document.findAll({
    where: { sellerId: shop.office.id, kind: ['act', 'licence'] },
    order: ['id'],
  })
  const paper = await fetch(`${await office.url()}${linkIn(toClient)}/papers/${papers[0]?.id}`)
  t.is(paper.status, 200)
  t.is(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  )

  // The register of what was shipped.
  const ordered = await press(t, operator, 'exports/actions/exportRegister?filters.state=published', {
    resourceId: 'invoice-lines',
  })
  const { exportId } = ordered.result as { exportId: number }
  await wipe()
  await until(async () => (await Export.findByPk(exportId))?.state === 'ready', 'the register')
  const register = await registerOf(t, operator, exportId)
  t.is(register.length, lineIds.length)
  const lines = await InvoiceLine.findAll({ where: { id: lineIds } })
  t.is(
    register.reduce((sum, { total }) => sum + Number(total), 0),
    lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
  )
  t.true(register.every(({ taxDocument, act }) => Boolean(taxDocument) && Boolean(act)))

  // Unattended meanwhile: the reminder and the daily register, however often their jobs ran.
  await until(async () => about(mail, /[Рр]еестр/).length > 0, 'the register of the schedule')
  await until(
    async () => mail.accepted.some(({ to }) => JSON.stringify(to).includes('late@polus')),
    'the reminder',
  )
  const runs = () =>
    counts<'n'>(`select min(n)::integer as n from (select count(*) as n from job_calls group by job) as c`)
  await until(async () => (await runs()).n >= 3, 'three runs of every job')
  await until(
    async () =>
      (await counts<'n'>(`select count(*)::integer as n from outbox where state in ('new', 'work')`)).n === 0,
    'nothing to be left',
  )
  for (const worker of workers) t.is(await worker.stop(), 0)

  // Nothing doubled, nothing lost.
  t.deepEqual(
    await rows(`select job, period from job_calls group by 1, 2 having count(*) > 1`),
    [],
    'each period of each job was done once',
  )
  t.is((await rows('select job from job_calls group by job')).length, jobs.length, 'every job ran')
  t.deepEqual(await rows(`select job, period, error from job_runs where result is distinct from 'ok'`), [])
  t.deepEqual(await rows(`select topic, state from outbox where state <> 'done'`), [])
  const mine = { officeId: shop.office.id }
  t.deepEqual(
    await rows(
      `select kind, state, count(*)::integer as letters from mails
       where office_id in (${shop.office.id}, ${overdue.office.id}) and kind <> 'daily-digest' group by 1, 2 order by 1`,
    ),
    [
      { kind: 'accounting-request', state: 'sent', letters: 1 },
      { kind: 'documents-published', state: 'sent', letters: 1 },
      { kind: 'invoice-reminder', state: 'sent', letters: 1 },
      { kind: 'register', state: 'sent', letters: 1 },
    ],
  )
  // Between half past eight and noon, where they are, people of the office get their digest as well.
  const morning = (await digests()).n - digestsBefore.n
  t.is(mail.received, 4 + morning, 'the server was told these letters and no more')
  t.is(new Set(mail.accepted.map(({ messageId }) => messageId)).size, mail.received)
  t.is(await AccountingRequest.count({ where: mine }), 1)
  t.is(await Export.count({ where: mine }), 2, 'the one asked for and the one of the schedule')
  t.is(papers.length, 32)
  t.true(papers.every(({ state }) => state === 'published'))
  await filesMatchRows(t, papers)
  t.true((await InvoiceLine.findAll({ where: { id: lineIds } })).every(({ state }) => state === 'published'))
  t.is((await overdue.invoice.reload()).state, 'issued')
  await sealAuditTrail()
  t.is((await verifyAuditTrail()).broken, null)
}

test.serial('PostgreSQL as job store: request, letter, answer, acts, client, register, each once', (t) =>
  wholeChain(t, inPostgres),
)

const onMongo = typeof mongo === 'string' ? test.serial.skip : test.serial
if (typeof mongo === 'string') console.error(`MongoDB job store: ${mongo}`)

onMongo('MongoDB as job store: request, letter, answer, acts, client, register, each once', async (t) => {
  if (typeof mongo !== 'string') await wholeChain(t, inMongo(t, mongo.url))
})
