/** The main job by keyboard alone, the focus always seen and never lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { InvoiceLine } from '../../src/models/invoice-line.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { settled } from '../_support/page-steps.ts'
import { isTo, linkIn, operator, signedIn, windowFor } from './_desk.ts'
import { Keyboard } from './_keys.ts'

const app = await startApp()
const browser = useBrowser()
const order = 'ОФ030-479929'

const pressed = (page: Page, action: string) =>
  page.waitForFunction(
    (id) => document.querySelector(`[data-testid="${id}"]`)?.hasAttribute('aria-disabled') === false,
    `bulk-${action}`,
  )

/** Ticks the lines of the order with Space, goes to the action, and confirms with Enter. */
async function send(page: Page, keys: Keyboard, action: string, key = 'Tab'): Promise<void> {
  await keys.reach('[type=checkbox]', { within: 'tr.cd-group-row', text: order }, key)
  await keys.press('Space')
  await pressed(page, action)
  await keys.reach(`[data-testid="bulk-${action}"]`)
  await keys.press('Enter')
  await page.getByRole('dialog').waitFor()
  await keys.reach('[data-testid=confirm]')
  await keys.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await keys.check('the closing of the question')
}

test.serial('the main job by keyboard alone', async (t) => {
  t.timeout(600_000)
  // A low window, where bars and heads of tables lie over much of the page.
  const { page, complaints } = await windowFor(t, browser, app, { height: 600 })
  const keys = new Keyboard(page)
  await page.goto('/admin/login')
  // The page asks for the focus when it is first drawn, which may be after it has loaded.
  await page.locator('input[type=email]:focus').waitFor()
  await keys.type(operator)
  await keys.reach('#password')
  await keys.type(demoPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin$/)
  await page.getByRole('heading', { level: 1 }).waitFor()

  await keys.press('/')
  await keys.type('7801234564')
  await page.getByRole('option').filter({ hasText: 'ООО «Экспертиза»' }).first().waitFor()
  await keys.press('ArrowDown')
  await keys.press('ArrowUp')
  await keys.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'ООО «Экспертиза»' }).waitFor()
  await settled(page)
  await keys.check('the opening of the organisation')

  // The card of the organisation: its tabs by arrows, its form saved with Ctrl+Enter.
  await keys.reach('[role=tab]')
  await keys.press('ArrowRight')
  await page.getByRole('tab', { selected: true, name: 'Реквизиты' }).waitFor()
  await keys.press('ArrowLeft')
  await keys.reach('[data-testid=action-edit]', {}, 'Shift+Tab')
  await keys.press('Enter')
  await page.locator('form textarea').first().waitFor()
  await keys.reach('textarea')
  await keys.type('Звонить после обеда')
  await keys.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'ООО «Экспертиза»' }).waitFor()
  await page.locator('tr.cd-group-row', { hasText: order }).waitFor()
  await settled(page)
  await keys.check('saving')

  await send(page, keys, 'requestShipment')
  await page.locator('tr[data-id]', { hasText: 'В бухгалтерии' }).nth(2).waitFor()

  // The accountant has no mouse either.
  const guest = await windowFor(t, browser, app)
  const theirs = new Keyboard(guest.page)
  await guest.page.goto(linkIn(await app.letter(isTo('buh@sever.example', /ООО «Экспертиза»/))))
  await theirs.reach('#all_number')
  await theirs.type('000771')
  await theirs.reach('button[value=confirm]')
  await guest.page.keyboard.press('Enter')
  await guest.page.locator('.sign.done').waitFor()
  t.deepEqual(theirs.faults, [])
  t.deepEqual(guest.complaints, [])

  await page.locator('[data-testid^=acknowledge-]').waitFor()
  await keys.check('the answer coming in')
  await keys.reach('[data-testid^=acknowledge-]', {}, 'Shift+Tab')
  await keys.press('Enter')
  await page.locator('[data-testid^=acknowledge-]').waitFor({ state: 'detached' })
  await keys.check('the message going')

  await send(page, keys, 'generateDocuments')
  await page.locator('tr[data-id]', { hasText: 'Акт готов' }).nth(3).waitFor()
  // The lines sent last are in sight and one of them has the focus: their order is above it.
  await send(page, keys, 'publishDocuments', 'Shift+Tab')
  await page.locator('tr[data-id]', { hasText: 'Акт в кабинете' }).nth(2).waitFor()
  await keys.check('the end of the work')

  t.deepEqual(keys.faults, [])
  t.deepEqual(complaints, [])
  const lines = await InvoiceLine.findAll({ where: { portalOrderNumber: order } })
  t.deepEqual([...new Set(lines.map(({ state }) => state))], ['published'])
})

test.serial(
  'who presses Enter before the search has answered is taken to the first hit when it has',
  async (t) => {
    const { page, complaints } = await signedIn(t, browser, app, operator)
    await page.route('**/desk/search?*', async (route) => {
      await sleep(600)
      await route.continue()
    })
    await page.keyboard.press('/')
    await page.keyboard.type('7801234564')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'ООО «Экспертиза»' }).waitFor()
    t.deepEqual(complaints, [])
  },
)
