/** Steps of people at the doors of the product: a page looked at, a letter's link followed, a password chosen. */
import type { ExecutionContext } from 'ava'
import type { ParsedMail } from 'mailparser'
import type { Page } from 'playwright-core'
import type { App } from '../_support/app.ts'
import { accessibilityFaults, type Window } from '../_support/browser.ts'
import { settled } from '../_support/page-steps.ts'
import { isTo, linkIn } from './_desk.ts'
import { desk, phone } from './_look.ts'

export const password = 'Sever 26 & лес'

const looked = new Set<string>()

/**
 * The page serves assistive programs and fits its window; a page of the same name is looked at once in a run.
 * `E2E_SHOTS` keeps pictures of it at both sizes.
 */
export async function seen(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await settled(page)
  if (looked.has(name)) return
  looked.add(name)
  t.deepEqual(await accessibilityFaults(page), [], name)
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  t.true(beyond <= 0, `${name} is ${beyond} px wider than its window`)
  const folder = process.env['E2E_SHOTS']
  const own = page.viewportSize()
  if (!folder || !own) return
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await settled(page)
    await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true })
  }
  await page.setViewportSize(own)
}

/** The letter to this address, once it has come. */
export const letterTo = (app: App, email: string, subject: RegExp): Promise<ParsedMail> =>
  app.letter(isTo(email, subject), 120_000)

/** Opens the link of a letter as its reader does, and says where it was. */
export async function follow(page: Page, letter: ParsedMail): Promise<string> {
  const link = linkIn(letter)
  await page.goto(link)
  return link
}

/** The link opens nothing any more, and its page says why. */
export async function refused(
  { page, forgive }: Window,
  link: string,
  { title, why }: { title: string; why: RegExp },
): Promise<void> {
  const answer = await page.goto(link)
  if (answer?.status() !== 410) throw new Error(`${link} answers ${answer?.status()}`)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByText(why).waitFor()
  forgive(/410/)
}

/** Types a bad password, sees which rules it breaks, and then one that keeps them all. */
export async function choosePassword(t: ExecutionContext, page: Page, chosen = password): Promise<void> {
  const rules = page.locator('.rules li')
  await page.fill('#next', 'корот')
  await page.locator('.rules .broken').first().waitFor()
  await page.fill('#next', chosen)
  t.is(await page.locator('.rules .kept').count(), await rules.count())
  await page.fill('#again', chosen)
}

export async function leave(page: Page): Promise<void> {
  await page.getByTestId('user-menu').click()
  await page.getByRole('menuitem', { name: /Выйти|Sign out/ }).click()
  await page.waitForURL(/\/login$/)
}

/** The tab of the profile that holds passkeys, codes and sessions. */
export async function openSecurity(page: Page, root: string): Promise<void> {
  await page.goto(`${root}/pages/profile?tab=security`)
  await page.getByTestId('add-passkey').waitFor()
  await settled(page)
}
