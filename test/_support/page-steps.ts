/** Small steps on a page of the product that every walk shares; they wait for what a person would wait for. */
import type { Page } from 'playwright-core'

/** Signs in through the form of the office or of the cabinet, as a person does. */
export async function signIn(page: Page, email: string, password: string, root = '/admin'): Promise<void> {
  const door = `${root}/login`
  if (!new URL(page.url(), 'http://none').pathname.endsWith(door)) await page.goto(door)
  await page.fill('#email', email)
  await page.fill('#password', password)
  await page.press('#password', 'Enter')
  await page.waitForURL((address) => !address.pathname.endsWith(door))
}

/** Until nothing is being loaded, no skeletons and no busy parts, and nothing is on its way from one look to another. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.readyState === 'complete' &&
      !document.querySelector('[aria-busy=true], .cd-skeleton') &&
      document
        .getAnimations()
        .every(
          ({ playState, effect }) =>
            playState !== 'running' || effect?.getComputedTiming().iterations === Infinity,
        ),
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** Moves as a link inside the page does, without loading the page again. */
export async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate(async (address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }, path)
}

/** Presses what chooses a language, and waits until the choice is kept: a page that left sooner would lose it. */
export async function chooseLanguage(page: Page, press: () => Promise<void>): Promise<void> {
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/desk/preferences'))
  await press()
  await kept
}

/** In the chosen language from now on, as the person's own switch does it. */
export async function speak(page: Page, language: 'ru' | 'en'): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== language)
    await chooseLanguage(page, () => page.getByTestId('language-switch').click())
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' })
}

/** Presses a button of a record, wherever it stands: beside the title or in the menu of other actions. */
export async function take(page: Page, action: string): Promise<void> {
  const button = page.locator('main').getByTestId(`action-${action}`)
  await page
    .locator('main')
    .getByTestId(/^action(s-menu|-)/)
    .first()
    .waitFor()
  if (!(await button.isVisible())) await page.getByTestId('actions-menu').click()
  await button.click()
}

/** A person of several organisations says for which one they came; whoever belongs to one is inside already. */
export async function choosePlace(page: Page, name = 'Экспертиза'): Promise<void> {
  if (!page.url().endsWith('/place')) return
  await page.locator('main form button').filter({ hasText: name }).first().click()
  await page.waitForURL((address) => !address.pathname.endsWith('/place'))
  await page.getByRole('heading', { level: 1 }).waitFor()
}
