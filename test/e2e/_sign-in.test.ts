/** Coming in, in a real browser: a forgotten password, a code of a phone, a passkey at both doors. */
import { Secret, TOTP } from 'otpauth'
import test, { type ExecutionContext } from 'ava'
import type { CDPSession, Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { startApp } from '../_support/app.ts'
import { accessibilityFaults, useBrowser, type WindowOptions } from '../_support/browser.ts'
import { settled, signIn } from '../_support/page-steps.ts'
import { isTo, linkIn, windowFor } from './_desk.ts'

// Passkeys belong to a name: at a bare number there are none.
const app = await startApp({ HOST: 'localhost', PUBLIC_URL: '' })
const browser = useBrowser()

const phone: WindowOptions = { width: 390, height: 844 }

async function shown(t: ExecutionContext, page: Page, name: string): Promise<void> {
  const folder = process.env['E2E_SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  t.deepEqual(await accessibilityFaults(page), [], name)
}

const leave = async (page: Page): Promise<void> => {
  await page.getByTestId('user-menu').click()
  await page.getByRole('menuitem', { name: /Выйти|Sign out/ }).click()
  await page.waitForURL(/\/login$/)
}

const openSecurity = async (page: Page, root: string): Promise<void> => {
  await page.goto(`${root}/pages/profile?tab=security`)
  await page.getByTestId('add-passkey').waitFor()
  await settled(page)
}

test.serial(
  'a client forgets the password, chooses another by the link of a letter and says for whom they come',
  async (t) => {
    t.timeout(600_000)
    const { page, complaints, forgive } = await windowFor(t, browser, app, phone)
    await page.goto('/cabinet/login')
    await shown(t, page, 'sign-in-cabinet-390')
    await page.getByRole('link', { name: 'Забыли пароль?' }).click()
    await page.fill('#email', 'client@certdesk.example')
    await shown(t, page, 'forgot-390')
    await page.getByRole('button', { name: 'Прислать ссылку' }).click()
    await page.getByRole('heading', { name: 'Проверьте почту' }).waitFor()
    await shown(t, page, 'forgot-sent-390')

    const letter = await app.letter(isTo('client@certdesk.example', /Новый пароль/), 120_000)
    const link = linkIn(letter)
    await page.goto(link)
    t.is(new URL(page.url()).pathname, '/cabinet/new-password')
    await page.fill('#next', 'корот')
    await page.locator('.rules .broken').first().waitFor()
    await shown(t, page, 'new-password-390')
    await page.fill('#next', 'Sever 26 & лес')
    t.is(await page.locator('.rules .kept').count(), 6)
    await page.fill('#again', 'Sever 26 & лес')
    await page.getByRole('button', { name: 'Сохранить пароль' }).click()
    await page.getByText('Пароль сохранён').waitFor()
    await shown(t, page, 'password-saved-390')
    // Nothing a person could step back to holds the token.
    t.false(
      (await page.evaluate(() => JSON.stringify(performance.getEntriesByType('navigation')))).includes('/l/'),
    )

    await page.goto(link)
    await page.getByRole('heading', { name: 'Ссылка уже использована' }).waitFor()
    await shown(t, page, 'link-used-390')
    forgive(/410/)

    await page.goto('/cabinet/login')
    await page.fill('#email', 'client@certdesk.example')
    await page.fill('#password', 'Sever 26 & лес')
    await page.press('#password', 'Enter')
    await page.waitForURL(/\/cabinet\/place$/)
    await shown(t, page, 'place-390')
    await page.getByRole('button', { name: /Метиз/ }).click()
    await page.waitForURL(/\/cabinet$/)
    await settled(page)
    await page.goto('/cabinet/pages/profile?tab=organisation')
    await page.getByRole('heading', { name: /Метиз/ }).waitFor()
    await settled(page)
    await shown(t, page, 'profile-organisation-390')
    t.deepEqual(complaints, [])
  },
)

test.serial(
  'a person turns on codes and comes in with one, then with a code on paper, in English',
  async (t) => {
    t.timeout(600_000)
    const { page, complaints, forgive } = await windowFor(t, browser, app, { language: 'en' })
    await page.goto('/admin/login?lang=en')
    await shown(t, page, 'sign-in-en-1440')
    await signIn(page, 'accountant@certdesk.example', demoPassword)
    await page.getByTestId('user-menu').click()
    await page.getByRole('menuitem', { name: /Switch to English/ }).click()
    await openSecurity(page, '/admin')
    await shown(t, page, 'profile-security-1440')
    await page.getByTestId('factor-on').click()
    await page.locator('.cd-qr').waitFor()
    const key = await page.locator('.cd-dialog .cd-code').innerText()
    const secret = Secret.fromBase32(key.replaceAll(/\s/g, ''))
    const code = (steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })
    await shown(t, page, 'profile-factor-1440')
    await page.fill('#cd-factor-code', code(-1))
    await page.getByTestId('factor-confirm').click()
    const paper = page.locator('.cd-recovery li')
    await paper.first().waitFor()
    t.is(await paper.count(), 10)
    const onPaper = await paper.first().innerText()
    await shown(t, page, 'profile-codes-1440')
    await page.getByTestId('codes-kept').click()
    await page.getByText('10 recovery codes left').waitFor()
    await leave(page)

    await signIn(page, 'accountant@certdesk.example', demoPassword)
    t.is(new URL(page.url()).pathname, '/admin/login/code')
    await page.fill('#code', '000 000')
    await page.press('#code', 'Enter')
    await page.locator('#fault').waitFor()
    await shown(t, page, 'code-1440')
    forgive(/401/)
    await page.fill('#code', code())
    await page.press('#code', 'Enter')
    await page.waitForURL(/\/admin$/)
    await settled(page)
    await leave(page)

    await signIn(page, 'accountant@certdesk.example', demoPassword)
    await page.fill('#code', onPaper)
    await page.press('#code', 'Enter')
    await page.waitForURL(/\/admin$/)
    await openSecurity(page, '/admin')
    await page.getByText('9 recovery codes left').waitFor()
    t.deepEqual(complaints, [])
  },
)

/** A device with a fingerprint reader that recognises its owner. */
async function withDevice(page: Page): Promise<CDPSession> {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return device
}

for (const [root, email] of [
  ['/admin', 'operator@certdesk.example'],
  ['/cabinet', 'employee@certdesk.example'],
] as const)
  test.serial(`a passkey is made in the profile and opens ${root} without a password`, async (t) => {
    t.timeout(600_000)
    const { page, complaints } = await windowFor(t, browser, app)
    await withDevice(page)
    await page.goto(`${root}/login`)
    await page.getByRole('button', { name: 'Войти по ключу' }).waitFor()
    await shown(t, page, `sign-in${root.replace('/', '-')}-1440`)
    await page.fill('#email', email)
    await page.fill('#password', demoPassword)
    await page.press('#password', 'Enter')
    await page.waitForURL((address) => !address.pathname.endsWith('/login'))
    await openSecurity(page, root)
    await page.getByTestId('add-passkey').click()
    await page.fill('#cd-key-text', 'Рабочий ноутбук')
    await page.getByTestId('name-passkey').click()
    await page.getByText('Рабочий ноутбук').first().waitFor()
    await settled(page)
    await shown(t, page, `profile-passkey${root.replace('/', '-')}-1440`)
    await leave(page)

    await page.getByRole('button', { name: 'Войти по ключу' }).click()
    await page.waitForURL((address) => address.pathname === root)
    await openSecurity(page, root)
    await page.getByText('по ключу доступа').waitFor()
    t.deepEqual(complaints, [])
  })
