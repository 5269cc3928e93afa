/** The pages opened by a personal link, as a browser without scripts walks them. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import express from 'express'
import { handOverRequest } from '../../src/accounting/channels.ts'
import { answerWorkbook } from '../../src/reports/answer-workbook.ts'
import { atomic } from '../../src/db/atomic.ts'
import { sequelize } from '../../src/db/sequelize.ts'
import { linkPages } from '../../src/http/links/link-pages.ts'
import { verificationPage } from '../../src/http/links/verification-page.ts'
import { AccessLink } from '../../src/models/access-link.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { Mail } from '../../src/models/mail.ts'
import { StoredFile } from '../../src/models/stored-file.ts'
import {
  failRequest,
  markRequestSent,
  retryRequest,
} from '../../src/operations/accounting-requests/settle-request.ts'
import { publishDocuments } from '../../src/operations/documents/publish-documents.ts'
import { issueLink, linkAddress } from '../../src/operations/links/personal-links.ts'
import { prepareMail } from '../../src/operations/mails/send-mail.ts'
import { systemActor } from '../../src/policies/actor.ts'
import { requestSheet } from '../../src/queries/accounting/request-sheet.ts'
import { fileStore } from '../../src/storage/files.ts'
import { later } from '../_support/clock.ts'
import { isolatedDatabase } from '../_support/database.ts'
import {
  as,
  buildOffice,
  buildReadyDocuments,
  buildRequest,
  buildStoredFile,
  built,
  testNow,
  type Requested,
} from '../_support/factories.ts'
import { filledAnswer } from '../accounting/_filled-answer.ts'

await isolatedDatabase()

const robot = as(systemActor('test'))
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

async function startPages(t: ExecutionContext, options: { now?: Date } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'links-'))
  const store = fileStore(folder)
  const clock = { now: options.now ?? testNow }
  const app = express()
  app.use(linkPages({ store, clock: () => clock.now }))
  app.use(verificationPage())
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await rm(folder, { recursive: true, force: true })
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base, store, clock }
}

/** A sent request and the path of the accountant's link. */
async function buildAnswerLink(): Promise<Requested & { path: string; link: AccessLink }> {
  const requested = await buildRequest({ state: 'queued' })
  const { path, link } = await handOver(requested.request)
  return { ...requested, path, link }
}

async function handOver(request: AccountingRequest): Promise<{ path: string; link: AccessLink }> {
  await handOverRequest(robot, { requestId: request.id })
  await markRequestSent(robot, { requestId: request.id, sentTo: 'buh@certdesk.example' })
  const link = await AccessLink.findOne({
    where: { subjectId: request.id, purpose: 'accounting_answer', revokedAt: null },
    rejectOnEmpty: true,
  })
  return { path: new URL(linkAddress(link)).pathname, link }
}

const form = (fields: Record<string, string>, files: [string, string, Uint8Array][] = []): FormData => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const [name, fileName, bytes] of files) data.append(name, new Blob([new Uint8Array(bytes)]), fileName)
  return data
}

const post = (url: string, body: FormData, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } })

const snapshot = async (): Promise<string> => {
  const [rows] = await sequelize.query(
    `select (select json_agg(a order by a.id) from access_links a) as links,
            (select json_agg(r order by r.id) from accounting_requests r) as requests,
            (select count(*) from audit_events) as events`,
  )
  return JSON.stringify(rows)
}

test.serial('the accountant sees the request, confirms it with a file, and the link is spent', async (t) => {
  const { base, store } = await startPages(t)
  const { path, request, lines, organisation } = await buildAnswerLink()
  const before = await snapshot()
  const page = await fetch(base + path)
  const html = await page.text()
  t.is(page.status, 200)
  t.true(html.length < 60_000)
  t.false(/<script/i.test(html), 'it needs no script')
  t.true(html.includes(organisation.taxId ?? '') && html.includes(request.number))
  t.regex(html, /7\u00a0900,00/)
  t.is(page.headers.get('referrer-policy'), 'no-referrer')
  t.is(page.headers.get('cache-control'), 'no-store')
  t.regex(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  await fetch(base + path, { method: 'HEAD' })
  t.is(await snapshot(), before, 'reading changes nothing')

  const [first, second] = lines
  const fields = {
    action: 'confirm',
    [`kind_${first?.id}`]: 'upd',
    [`number_${first?.id}`]: '778',
    [`on_${first?.id}`]: '23.11.2026',
    [`kind_${second?.id}`]: 'tax_invoice',
    [`number_${second?.id}`]: '779',
    [`on_${second?.id}`]: '2026-11-23',
    [`external_${second?.id}`]: 'КА-12',
    [`comment_${second?.id}`]: '',
    request_external: 'ЗП-7',
  }
  const done = await post(
    base + path,
    form(fields, [
      ['files', 'УПД-778.pdf', pdf],
      ['files', 'СФ 779.pdf', pdf],
    ]),
  )
  t.is(done.status, 200)
  t.true((await done.text()).includes('Отгрузка подтверждена'))

  const answered = await request.reload()
  t.is(answered.state, 'done')
  t.is(answered.answeredVia, 'link')
  t.is(answered.externalNumber, 'ЗП-7')
  const papers = await Document.findAll({ where: { requestId: request.id }, order: ['number'] })
  t.deepEqual(
    papers.map(({ kind, number }) => [kind, number]),
    [
      ['upd', '778'],
      ['tax_invoice', '779'],
    ],
  )
  const file = await StoredFile.findByPk(papers[0]?.fileId ?? '', { rejectOnEmpty: true })
  t.is(await store.digest(file.storageKey), file.sha256)
  t.is(await InvoiceLine.count({ where: { id: lines.map(({ id }) => id), state: 'shipped' } }), 2)

  const again = await fetch(base + path)
  t.is(again.status, 410)
  const told = await again.text()
  t.true(told.includes('Ссылка уже использована') && told.includes('buh@certdesk.example'))
  t.is((await post(base + path, form(fields))).status, 410)
})

test.serial('one document for all lines, and what was typed stays when something is wrong', async (t) => {
  const { base, store } = await startPages(t)
  const { path, request, lines } = await buildAnswerLink()
  const wrong = await post(
    base + path,
    form(
      {
        action: 'confirm',
        all_number: '<b>900</b>',
        all_on: '',
        all_kind: 'tax_invoice',
        [`comment_${lines[0]?.id}`]: 'срочно',
      },
      [
        ['files', 'СФ.pdf', pdf],
        ['files', 'virus.pdf', Buffer.from('MZ\u0000\u0001')],
      ],
    ),
  )
  t.is(wrong.status, 422)
  const html = await wrong.text()
  t.true(html.includes('value="&#60;b&#62;900&#60;/b&#62;"') && html.includes('value="срочно"'))
  t.true(html.includes('option value="tax_invoice" selected'))
  t.true(html.includes('«virus.pdf» не PDF и не XML'))
  t.true(html.includes('aria-invalid="true"'))
  let left = 0
  for await (const _file of store.list()) left += 1
  t.is(left, 0, 'nothing of the refused form stays in the store')
  t.is((await request.reload()).state, 'sent')

  const right = await post(
    base + path,
    form({ action: 'confirm', all_number: '900', all_on: '2026-11-23', all_kind: 'upd' }, [
      ['files', 'скан.pdf', pdf],
    ]),
  )
  t.is(right.status, 200)
  t.is(await Document.count({ where: { requestId: request.id, number: '900' } }), 1)
})

test.serial('a refusal needs a reason and reaches the staff', async (t) => {
  const { base } = await startPages(t)
  const { path, request } = await buildAnswerLink()
  const empty = await post(base + path, form({ action: 'refuse', reason: '  ' }))
  t.is(empty.status, 422)
  t.true((await empty.text()).includes('Заполните это поле'))
  const said = await post(base + path, form({ action: 'refuse', reason: 'Нет договора' }))
  t.is(said.status, 200)
  const refused = await request.reload()
  t.is(refused.state, 'failed')
  t.is(refused.failureText, 'Нет договора')
})

test.serial('a filled-in table answers by the link', async (t) => {
  const { base } = await startPages(t)
  const { path, request } = await buildAnswerLink()
  const offered = await fetch(`${base}${path}/request.xlsx`)
  t.is(offered.status, 200)
  const sheet = await requestSheet(request.id)
  if (!sheet) return t.fail()
  const broken = await filledAnswer(await answerWorkbook(sheet, 'ru'), [
    { taxDocumentNumber: '778', taxDocumentOn: 'вчера' },
  ])
  const refused = await post(base + path, form({ action: 'sheet' }, [['workbook', 'a.xlsx', broken]]))
  t.is(refused.status, 422)
  const html = await refused.text()
  t.regex(html, /Строка \d+, Дата документа: .*вчера/)
  const filled = await filledAnswer(Buffer.from(await offered.arrayBuffer()), [
    { taxDocumentNumber: '778', taxDocumentOn: '23.11.2026' },
    { taxDocumentNumber: '779', taxDocumentOn: '23.11.2026' },
  ])
  t.is((await post(base + path, form({ action: 'sheet' }, [['workbook', 'a.xlsx', filled]]))).status, 200)
  t.is((await request.reload()).answeredVia, 'xlsx')
})

test.serial('a link that no longer opens says why', async (t) => {
  const { base, clock } = await startPages(t)
  const { path, request, operator } = await buildAnswerLink()
  clock.now = later(testNow, { hours: 73 })
  const expired = await fetch(base + path)
  t.is(expired.status, 410)
  t.true((await expired.text()).includes('Срок ссылки истёк'))
  clock.now = testNow

  await sequelize.query("update accounting_requests set state = 'queued', sent_at = null where id = $1", {
    bind: [request.id],
  })
  await failRequest(robot, { requestId: request.id, failureCode: 'mail.refused', failureText: null })
  await retryRequest(as(operator), { requestId: request.id })
  const { path: newPath } = await handOver(request)
  t.not(newPath, path)
  const revoked = await fetch(`${base}${path}?lang=en`)
  t.is(revoked.status, 410)
  t.true((await revoked.text()).includes('The link was revoked'))
  t.is((await fetch(base + newPath)).status, 200)

  const forged = `${newPath.slice(0, -1)}${newPath.endsWith('A') ? 'B' : 'A'}`
  t.is((await fetch(base + forged)).status, 404)
})

test.serial('another site cannot answer', async (t) => {
  const { base } = await startPages(t)
  const { path, request } = await buildAnswerLink()
  const body = form({ action: 'refuse', reason: 'x' })
  t.is((await post(base + path, body, { 'sec-fetch-site': 'cross-site' })).status, 403)
  t.is((await request.reload()).state, 'sent')
})

test.serial('of two answers sent at once one is taken', async (t) => {
  const { base } = await startPages(t)
  const { path, request } = await buildAnswerLink()
  const answers = await Promise.all(
    ['801', '802'].map((number) =>
      post(
        base + path,
        form({ action: 'confirm', all_number: number, all_on: '2026-11-23', all_kind: 'upd' }),
      ),
    ),
  )
  t.deepEqual(answers.map(({ status }) => status).sort(), [200, 410])
  t.is((await request.reload()).state, 'done')
})

test.serial('a client opens the papers of a letter, and only those', async (t) => {
  const { base, store, clock } = await startPages(t)
  const { documents, operator, organisation } = await buildReadyDocuments()
  const other = await buildReadyDocuments()
  const stored = await store.put(pdf, { mime: 'application/pdf' })
  await publishDocuments(as(operator), { documentIds: documents.map(({ id }) => id) })
  const [act] = documents
  await StoredFile.update({ storageKey: stored.key, size: stored.size }, { where: { id: act?.fileId ?? '' } })
  const mail = await Mail.findOne({
    where: { kind: 'documents-published', organisationId: organisation.id },
    rejectOnEmpty: true,
  })
  const prepared = await prepareMail(robot, { mailId: mail.id })
  if (!prepared?.link) return t.fail()
  const path = new URL(linkAddress(prepared.link)).pathname

  const html = await (await fetch(base + path)).text()
  for (const { number } of documents) t.true(html.includes(number))
  t.is((await act?.reload())?.seenAt, null, 'the list alone was not seen by anybody')
  const file = await fetch(`${base}${path}/papers/${act?.id}?download=1`)
  t.is(file.status, 200)
  t.deepEqual(Buffer.from(await file.arrayBuffer()), pdf)
  t.truthy((await act?.reload())?.seenAt)
  t.is((await fetch(`${base}${path}/papers/${other.documents[0]?.id}`)).status, 404)
  t.is((await post(base + path, form({ action: 'refuse', reason: 'x' }))).status, 404)
  clock.now = later(testNow, { days: 31 })
  t.is((await fetch(base + path)).status, 410)
})

test.serial('a register is fetched by the link of its letter, and by no other', async (t) => {
  const { base, store } = await startPages(t)
  const office = await buildOffice()
  const stored = await store.put(pdf, { mime: 'application/pdf' })
  const file = await buildStoredFile(office, { storageKey: stored.key, size: stored.size })
  const linkTo = async () => {
    const made = await built(() =>
      Export.create({
        officeId: office.id,
        report: 'register',
        state: 'ready',
        fileId: file.id,
        expiresAt: later(testNow, { days: 7 }),
      }),
    )
    const link = await atomic(() =>
      issueLink({
        purpose: 'export',
        subjectId: made.id,
        officeId: office.id,
        recipient: 'buh@certdesk.example',
        isSingleUse: false,
        expiresAt: later(testNow, { days: 7 }),
        now: testNow,
      }),
    )
    return { made, path: new URL(linkAddress(link)).pathname }
  }
  const { made, path } = await linkTo()
  const got = await fetch(`${base}${path}/file`)
  t.is(got.status, 200)
  t.deepEqual(Buffer.from(await got.arrayBuffer()), pdf)
  t.is((await fetch(`${base}${(await buildAnswerLink()).path}/file`)).status, 404)
  await built(() => made.update({ state: 'expired', fileId: null }))
  t.not((await fetch(`${base}${path}/file`)).headers.get('content-type'), 'application/pdf')
})

test.serial('a code tells whether a paper is in force and nothing more', async (t) => {
  const { base } = await startPages(t)
  const { documents, organisation } = await buildReadyDocuments()
  const [paper] = documents
  const code = paper?.verificationCode ?? ''
  const page = await fetch(`${base}/v/${code.toLowerCase().replaceAll('-', '')}`)
  const html = await page.text()
  t.is(page.status, 200)
  t.true(
    html.includes('Действует') &&
      html.includes(paper?.number ?? '') &&
      html.includes(organisation.name.slice(0, 3)),
  )
  t.false(html.includes(organisation.taxId ?? '') || html.includes(organisation.email ?? ''))
  t.is((await fetch(`${base}/v/AAAA-BBBB-CCCC-DDDD`)).status, 404)
})
