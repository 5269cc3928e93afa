/** Steps of the main job as people take them, in both languages; each waits for what the person would see. */
import { readFile } from 'node:fs/promises'
import type { ExecutionContext } from 'ava'
import type { ParsedMail } from 'mailparser'
import type { Locator, Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { demoPassword } from '../../seeders/demo/logins.ts'
import type { App } from '../_support/app.ts'
import { settled, signIn } from '../_support/page-steps.ts'
import { type TestBrowser, type Window, type WindowOptions } from '../_support/browser.ts'

export const operator = 'operator@certdesk.example'

/** A window of its own, closed at the end of the test, which fails when the page complained about anything. */
export async function windowFor(
  t: ExecutionContext,
  browser: TestBrowser,
  app: App,
  options?: WindowOptions,
): Promise<Window> {
  const window = await browser.open(app.url, options)
  t.teardown(async () => {
    if (!t.passed) {
      const folder = process.env['E2E_SHOTS']
      const name = t.title.replaceAll(/[^\p{L}\d]+/gu, '-')
      if (folder) await window.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
      t.log(window.page.url(), window.complaints.join('\n'))
    }
    await window.context.close()
  })
  return window
}

export async function signedIn(
  t: ExecutionContext,
  browser: TestBrowser,
  app: App,
  email: string,
  { root, ...options }: WindowOptions & { root?: string } = {},
): Promise<Window> {
  const window = await windowFor(t, browser, app, options)
  await signIn(window.page, email, demoPassword, root)
  await window.page.getByRole('heading', { level: 1 }).waitFor()
  return window
}

/** What a press on the thing downloads. */
export async function downloaded(page: Page, thing: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), thing.click()])
  return readFile(await download.path())
}

/** Says yes to the question, or sends what was filled in. */
export async function confirm(page: Page): Promise<void> {
  await page.getByTestId('confirm').click()
  await page.getByTestId('confirm').waitFor({ state: 'detached' })
}

/** The text of a PDF, page after page. */
export async function textOf(file: Uint8Array): Promise<string> {
  const { text } = await extractText(new Uint8Array(file), { mergePages: true })
  return text
}

/** Types into the one search field and opens the first hit with Enter. */
export async function openBySearch(page: Page, query: string, title: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(query)
  await page.getByRole('option').filter({ hasText: title }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await settled(page)
}

/** Ticks all lines of the invoice whose row names the order. */
export async function tickOrder(page: Page, order: string): Promise<void> {
  await page.locator('tr.cd-group-row', { hasText: order }).getByRole('checkbox').check()
}

/** Presses a button of the dark bar and confirms when asked. */
export async function press(page: Page, action: string): Promise<void> {
  const button = page.getByTestId(`bulk-${action}`)
  await button.waitFor()
  // Whether it may be pressed is asked of the server after each tick.
  await page.waitForFunction(
    (id) => !document.querySelector(`[data-testid="${id}"]`)?.hasAttribute('aria-disabled'),
    `bulk-${action}`,
  )
  await button.click()
  await confirm(page)
}

/** The personal link of a letter. */
export function linkIn(letter: ParsedMail): string {
  const [link] = /https?:\/\/[^\s"<>]+\/l\/[\w-]+/.exec(letter.text ?? '') ?? []
  if (!link) throw new Error(`no link in «${letter.subject}»`)
  return link
}

export const isTo =
  (address: string, subject: RegExp) =>
  (letter: ParsedMail): boolean =>
    [letter.to].flat().some((to) => to?.text.includes(address)) && subject.test(letter.subject ?? '')

/** The smallest file every reader takes for a PDF. */
export const pdf = (text: string): Buffer =>
  Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
% ${text}
trailer<</Root 1 0 R>>
%%EOF
`)
