/** The main job in English: from a new invoice to papers at the client, answered by the filled-in table; and the register. */
import test, { type ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { today } from '../../src/domain/calendar.ts'
import { rows } from '../../src/queries/rows.ts'
import { newWorkbook } from '../../src/reports/xlsx-library.ts'
import { filledAnswer } from '../accounting/_filled-answer.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { settled, speak, take } from '../_support/page-steps.ts'
import {
  confirm,
  downloaded,
  isTo,
  linkIn,
  openBySearch,
  operator,
  press,
  signedIn,
  textOf,
  windowFor,
} from './_desk.ts'

const app = await startApp()
const browser = useBrowser()
const client = 'ООО «Новые системы»'

/** Chooses a product by a piece of its name and waits for its price. */
async function pickProduct(page: Page, line: number, piece: string): Promise<void> {
  const field = page.getByRole('combobox', { name: `Service or goods, line ${line}` })
  await field.fill(piece)
  await page.getByRole('option').filter({ hasText: piece }).first().waitFor()
  await field.press('Enter')
  await page.waitForFunction(
    (name) => (document.querySelector<HTMLInputElement>(`[aria-label="${name}"]`)?.value ?? '') !== '',
    `Price, line ${line}`,
  )
}

type Invoice = { id: number; number: string; lines: number[] }

/** Drafts, issues and prints an invoice, and records its payment by hand. */
async function paidInvoice(t: ExecutionContext, page: Page): Promise<Invoice> {
  await page.getByRole('link', { name: 'New invoice' }).click()
  await pickProduct(page, 1, 'Сертификат ЭП «Базовый», 12')
  await page.getByRole('button', { name: 'Add a line' }).click()
  await pickProduct(page, 2, 'Лицензия СКЗИ, 1')
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('action-issue').waitFor()
  await take(page, 'issue')
  await confirm(page)
  await page.getByTestId('action-recordPayment').waitFor()
  const address = page.url()
  const id = Number(/records\/(\d+)/.exec(address)?.[1])
  const lines = await rows<{ id: number; number: string }>(
    `select l.id, i.number from invoice_lines l join invoices i on i.id = l.invoice_id where i.id = $id order by l.id`,
    { id },
  )
  const number = lines[0]?.number ?? 'none'

  await take(page, 'generateDocument')
  const text = await printedText(page)
  for (const words of [number, 'Оплата по QR-коду', '5406123450']) t.true(text.includes(words), text)

  await page.goto(address)
  await take(page, 'recordPayment')
  await page.getByRole('dialog').getByLabel('Amount').fill('5545.00')
  await page.getByRole('dialog').getByLabel('Payment order no.').fill('000812')
  await confirm(page)
  await page.locator('.cd-head .cd-state', { hasText: /^\s*Paid\s*$/ }).waitFor()
  return { id, number, lines: lines.map((line) => line.id) }
}

/** «Печать» of the paper on the screen: what the browser is given to print. */
async function printedText(page: Page): Promise<string> {
  const print = page.getByTestId('print')
  await print.waitFor()
  const answer = await page.request.get((await print.getAttribute('href')) ?? '')
  if (!answer.headers()['content-disposition']?.startsWith('inline'))
    throw new Error('it would be saved, not shown')
  return (await textOf(await answer.body())).replaceAll(/\s+/g, ' ')
}

/** Rows and sums of the register as Excel would read them. */
async function readBack(file: Buffer) {
  const book = newWorkbook()
  await book.xlsx.load(new Uint8Array(file).buffer)
  const sheet = book.getWorksheet('Register')
  if (!sheet) throw new Error(`no sheet; there are ${book.worksheets.map(({ name }) => name).join()}`)
  let heading: string[] = []
  const body: Record<string, unknown>[] = []
  sheet.eachRow((row) => {
    const cells = row.values as unknown[]
    if (heading.length === 0 && cells.includes('Invoice date')) heading = Array.from(cells.slice(1), String)
    else if (heading.length > 0)
      body.push(Object.fromEntries(heading.map((name, at) => [name, row.getCell(at + 1).value])))
  })
  return body
}

test.serial('from a new invoice to the register, in English, answered by the filled-in table', async (t) => {
  t.timeout(600_000)
  const { page, complaints } = await signedIn(t, browser, app, operator, { language: 'en' })
  await speak(page, 'en')
  await openBySearch(page, '5406123450', client)
  const card = page.url()
  const invoice = await paidInvoice(t, page)

  await page.goto(card)
  await settled(page)
  const group = page.locator('tr.cd-group-row', { hasText: invoice.number })
  const lines = async (state: string) => {
    for (const id of invoice.lines) await page.locator(`tr[data-id="${id}"]`, { hasText: state }).waitFor()
  }
  await group.getByRole('checkbox').check()
  await press(page, 'requestShipment')
  await lines('In accounting')

  // The accountant takes the table from the page of the letter, fills it in, and returns it in the back office.
  const letter = await app.letter(isTo('buh@sever.example', /Новые системы/))
  const guest = await windowFor(t, browser, app, { language: 'en' })
  await guest.page.goto(linkIn(letter))
  await guest.page.getByRole('link', { name: 'English' }).click()
  await guest.page.getByRole('heading', { level: 1, name: /Accounting request/ }).waitFor()
  const empty = await downloaded(guest.page, guest.page.getByRole('link', { name: 'Excel' }))
  const taxDocumentOn = today('Europe/Moscow', new Date())
  const answer = { taxDocumentNumber: '000812', taxDocumentOn, externalNumber: '00КА-000991' }
  const filled = await filledAnswer(empty, [
    answer,
    { ...answer, taxDocumentKind: 'SF', taxDocumentNumber: '813' },
  ])
  t.deepEqual(guest.complaints, [])

  const accountant = await signedIn(t, browser, app, 'accountant@certdesk.example', { language: 'en' })
  await speak(accountant.page, 'en')
  await accountant.page.getByRole('link', { name: 'Accounting requests' }).first().click()
  await settled(accountant.page)
  await take(accountant.page, 'uploadAnswer')
  await accountant.page.getByRole('dialog').locator('input[type=file]').setInputFiles({
    name: 'answer.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: filled,
  })
  await confirm(accountant.page)
  await accountant.page.locator('.cd-head .cd-state', { hasText: 'Answered' }).waitFor()
  await accountant.page.getByText('00КА-000991').first().waitFor()
  t.deepEqual(accountant.complaints, [])

  await page.getByText('Accounting answered request').waitFor()
  await page.locator('[data-testid^=acknowledge-]').click()
  await page.locator('[data-testid^=acknowledge-]').waitFor({ state: 'detached' })

  await group.getByRole('checkbox').check()
  await press(page, 'generateDocuments')
  await lines('Act is ready')
  const [licence] = await rows<{ id: number }>(
    `select d.id from documents d where d.invoice_id = $id and d.kind = 'licence'`,
    { id: invoice.id },
  )
  await page.locator(`tr[data-id] a[href$="/documents/records/${licence?.id}/show"]`).first().click()
  t.regex(await printedText(page), /лицензи/i)

  await page.goto(card)
  await settled(page)
  await group.getByRole('checkbox').check()
  await press(page, 'publishDocuments')
  await lines('Act in the cabinet')
  const papers = await app.letter(isTo('hello@newsys.example', / от /))
  const reader = await windowFor(t, browser, app, { language: 'en' })
  await reader.page.goto(linkIn(papers))
  await reader.page.getByRole('link', { name: 'English' }).click()
  await reader.page.getByRole('heading', { level: 1, name: 'Documents' }).waitFor()
  const act = await downloaded(reader.page, reader.page.locator('a[href*="download=1"]').first())
  t.is(act.subarray(0, 5).toString(), '%PDF-')
  t.deepEqual(reader.complaints, [])
  t.deepEqual(complaints, [])
})

test.serial('a register shows how far it is, is cancelled, and says what the database says', async (t) => {
  t.timeout(600_000)
  const { page, complaints } = await signedIn(t, browser, app, operator, { language: 'en' })
  await speak(page, 'en')
  await page.goto('/admin/resources/invoice-lines')
  await settled(page)
  const order = async () => {
    const asked = page.waitForResponse((answer) => answer.url().includes('/actions/exportRegister'))
    await page.getByTestId('export-register').click()
    await asked
    await page.locator('[data-testid=export-register]:not([aria-busy])').waitFor()
  }
  // The register reads payments, nothing on this screen does: it stands still for as long as it is looked at.
  const gate = await app.database.pool(t).connect()
  t.teardown(() => gate.release(true))
  await gate.query('begin; lock table payments in access exclusive mode')
  await order()
  await order()
  await page.getByTestId('work-tray').click()
  const tray = page.getByRole('dialog', { name: 'Background work' })
  const works = tray.locator('.cd-work')
  await tray.getByRole('progressbar').nth(1).waitFor()
  await works.first().getByRole('button', { name: 'Cancel' }).click()
  await works.first().getByText('cancelled').waitFor()
  const [{ count } = { count: 0 }] = await rows<{ count: number }>(
    `select count(*)::integer as count from invoice_lines
     where office_id = (select office_id from users where email = $operator)`,
    { operator },
  )
  await works.nth(1).getByText(`0 of ${count}`).waitFor()
  await gate.query('commit')
  // Nobody touches the page: it learns by itself.
  await works.nth(1).getByText('done').waitFor()

  await page.goto('/admin/resources/invoice-lines?filters.state=published')
  await settled(page)
  await order()
  await page.getByTestId('work-tray').click()
  const file = await downloaded(page, works.first().getByRole('link'))
  const said = await readBack(file)
  const known = await rows<{ number: string; name: string; total: number }>(
    `select i.number, l.name, l.total_minor::float8 as total from invoice_lines l join invoices i on i.id = l.invoice_id
     where l.state = 'published' and l.office_id = (select office_id from users where email = $operator)
     order by l.id desc`,
    { operator },
  )
  const body = said.filter((row) => row['Item'])
  t.deepEqual(
    body.map((row) => [row['Invoice'], row['Item'], row['Total']]),
    known.map(({ number, name, total }) => [number, name, total / 100]),
  )
  t.true(known.length > 5)
  const sum = known.reduce((all, { total }) => all + total, 0) / 100
  const totals = said.filter((row) => !row['Item']).map((row) => row['Total'])
  t.true(
    totals.some((cell) => (typeof cell === 'object' ? (cell as { result?: number }).result : cell) === sum),
    JSON.stringify(totals),
  )
  t.deepEqual(complaints, [])
})
