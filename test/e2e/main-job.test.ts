/** The main job in a real browser: from paid services to papers at the client. */
import { readFile } from 'node:fs/promises'
import test from 'ava'
import type { ParsedMail } from 'mailparser'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { rows } from '../../src/queries/rows.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { settled } from '../_support/page-steps.ts'
import { isTo, linkIn, openBySearch, operator, pdf, press, signedIn, tickOrder, windowFor } from './_desk.ts'

const app = await startApp()
const browser = useBrowser()

const linesOf = (order: string) => InvoiceLine.findAll({ where: { portalOrderNumber: order }, order: ['id'] })
const states = async (order: string) => [...new Set((await linesOf(order)).map(({ state }) => state))]

// The same client is also reminded of an overdue invoice, and was handed papers before.
const isPapers = isTo('buh@ekspertiza.example', / от /)

test.serial('from paid services to papers at the client, in Russian', async (t) => {
  t.timeout(600_000)
  const order = 'ОФ030-479929'
  const { page, complaints } = await signedIn(t, browser, app, operator)
  await openBySearch(page, '7801234564', 'ООО «Экспертиза»')
  await tickOrder(page, order)
  await page.getByRole('status').filter({ hasText: '3' }).first().waitFor()
  await press(page, 'requestShipment')
  await page.locator('tr[data-id]', { hasText: 'В бухгалтерии' }).nth(2).waitFor()

  const letter = await app.letter(isTo('buh@sever.example', /ООО «Экспертиза»/))
  const files = letter.attachments.map(({ filename }) => filename ?? '')
  t.true(files.some((name) => name.endsWith('.xlsx')))
  t.true(files.some((name) => name.endsWith('.json')))

  const guest = await windowFor(t, browser, app)
  await guest.page.goto(linkIn(letter))
  await guest.page.fill('#all_number', '000771')
  await guest.page.setInputFiles('#files', {
    name: 'УПД 000771.pdf',
    mimeType: 'application/pdf',
    buffer: pdf('УПД'),
  })
  await guest.page.getByRole('button', { name: 'Подтвердить' }).click()
  await guest.page.getByRole('heading', { level: 1 }).waitFor()
  await guest.page.goto(linkIn(letter))
  guest.forgive(/410/)
  t.deepEqual(guest.complaints, [])

  // The operator's screen was not touched meanwhile.
  await page.getByText('000771').first().waitFor()
  await page.locator('[data-testid^=acknowledge-]').click()
  await page.locator('[data-testid^=acknowledge-]').waitFor({ state: 'detached' })
  t.deepEqual(await states(order), ['shipped'])

  await tickOrder(page, order)
  await press(page, 'generateDocuments')
  await page.locator('tr[data-id]', { hasText: 'Акт готов' }).nth(3).waitFor()
  const [line] = await linesOf(order)
  const [paper] = await rows<{ id: number; number: string }>(
    `select d.id, d.number from documents d join document_lines l on l.document_id = d.id
     where l.line_id = $line and d.kind = 'act'`,
    { line: line?.id ?? 0 },
  )
  await page.locator(`tr[data-id] a[href$="/documents/records/${paper?.id}/show"]`).first().click()
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: paper?.number ?? '' })
    .waitFor()
  const opened = await page.request.get(`/admin/files/document/${paper?.id}`)
  t.is(opened.headers()['content-type'], 'application/pdf')
  t.is((await opened.body()).subarray(0, 5).toString(), '%PDF-')

  await page.goBack()
  await settled(page)
  await tickOrder(page, order)
  const earlier = app.mail.accepted.filter(isPapers)
  const isNew = (letter: ParsedMail) => isPapers(letter) && !earlier.includes(letter)
  await press(page, 'publishDocuments')
  await page.locator('tr[data-id]', { hasText: 'Акт в кабинете' }).nth(4).waitFor()
  const papers = await app.letter(isNew)
  const client = await windowFor(t, browser, app)
  await client.page.goto(linkIn(papers))
  const [download] = await Promise.all([
    client.page.waitForEvent('download'),
    client.page.locator('a[href*="download=1"]').first().click(),
  ])
  t.is((await readFile(await download.path())).subarray(0, 5).toString(), '%PDF-')
  t.deepEqual(client.complaints, [])
  t.is(app.mail.accepted.filter(isNew).length, 1)
  t.deepEqual(complaints, [])
})

test.serial('a refusal is told in plain words, sent anew, and answered in the back office', async (t) => {
  t.timeout(600_000)
  const order = 'ОФ030-479940'
  const reason = 'В заявке нет КПП покупателя, пришлите исправленную.'
  const { page, complaints } = await signedIn(t, browser, app, operator)
  await openBySearch(page, '5406123450', 'ООО «Новые системы»')
  await tickOrder(page, order)
  await press(page, 'requestShipment')
  await page.locator('tr[data-id]', { hasText: 'В бухгалтерии' }).nth(1).waitFor()

  const isRequest = isTo('buh@sever.example', /Новые системы/)
  const first = await app.letter(isRequest)
  const guest = await windowFor(t, browser, app)
  await guest.page.goto(linkIn(first))
  await guest.page.getByText('Отказать с причиной').first().click()
  await guest.page.fill('#reason', reason)
  await guest.page.locator('button[value=refuse]').click()
  await guest.page.getByRole('heading', { level: 1, name: 'Отказ отправлен' }).waitFor()

  const refusal = page.locator('.cd-note', { hasText: 'Бухгалтерия отклонила запрос' })
  await refusal.getByText(reason).waitFor()
  t.regex((await refusal.getAttribute('class')) ?? '', /error/)
  await refusal.getByRole('button', { name: 'Повторить' }).click()
  await refusal.waitFor({ state: 'detached' })
  const second = await app.letter((letter) => letter !== first && isRequest(letter))
  t.not(linkIn(second), linkIn(first))

  await guest.page.goto(linkIn(first))
  await guest.page.getByText('отправили снова: откройте более новое письмо').waitFor()
  await guest.page.goto(linkIn(second))
  await guest.page.locator('button[value=confirm]').waitFor()

  const accountant = await signedIn(t, browser, app, 'accountant@certdesk.example')
  await accountant.page.goto('/admin/resources/accounting-requests')
  await accountant.page.getByTestId('chip-waiting').click()
  await accountant.page.locator('tr[data-id]', { hasText: 'Новые системы' }).getByRole('link').first().click()
  await accountant.page.getByTestId('action-answer').click()
  const answer = accountant.page.getByRole('dialog')
  await answer.locator('[data-first]').fill('000774')
  await answer.getByRole('button', { name: 'Тот же документ для всех строк' }).click()
  await accountant.page.getByTestId('confirm').click()
  await answer.waitFor({ state: 'detached' })
  await accountant.page.getByText('000774').first().waitFor()
  t.deepEqual(accountant.complaints, [])

  await page.getByText('Бухгалтерия ответила').waitFor()
  await page.getByRole('button', { name: 'Подтвердить' }).click()
  await page.locator('[data-testid^=acknowledge-]').waitFor({ state: 'detached' })
  t.deepEqual(await states(order), ['shipped'])
  await guest.page.goto(linkIn(second))
  await guest.page.getByRole('heading', { level: 1 }).waitFor()
  guest.forgive(/410/)
  t.deepEqual(guest.complaints, [])
  t.deepEqual(complaints, [])
})
