/** Passkeys by a virtual device, sessions ended from afar, and for whom one acts, in a real browser. */
import test from 'ava'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { settled, take } from '../_support/page-steps.ts'
import { confirm, signedIn, windowFor } from './_desk.ts'
import { leave, openSecurity, seen } from './_doors.ts'
import { desk, phone } from './_look.ts'

// Passkeys belong to a name: at a bare number there are none.
const app = await startApp({ HOST: 'localhost', PUBLIC_URL: '' })
const browser = useBrowser()

/** A device with a fingerprint reader that recognises its owner. */
async function withDevice(page: Page): Promise<void> {
  // The door offers keys by itself, and this device would come in before the button is pressed.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
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
}

for (const [root, email, size] of [
  ['/admin', 'operator@certdesk.example', desk],
  ['/cabinet', 'employee@certdesk.example', phone],
] as const)
  test.serial(
    `a passkey is made in the profile and opens ${root}; the list of sessions ends another one`,
    async (t) => {
      t.timeout(600_000)
      const { page, complaints } = await windowFor(t, browser, app, size)
      const name = root.slice(1)
      await withDevice(page)
      await page.goto(`${root}/login`)
      await page.getByRole('button', { name: 'Войти по ключу' }).waitFor()
      await seen(t, page, `sign-in-${name}`)
      await page.fill('#email', email)
      await page.fill('#password', demoPassword)
      await page.press('#password', 'Enter')
      await page.waitForURL((address) => !address.pathname.endsWith('/login'))
      await openSecurity(page, root)
      await page.getByTestId('add-passkey').click()
      await page.fill('#cd-key-text', 'Рабочий ноутбук')
      await seen(t, page, `passkey-name-${name}`)
      await page.getByTestId('name-passkey').click()
      await page.getByText('Рабочий ноутбук').first().waitFor()
      await seen(t, page, `profile-passkey-${name}`)
      await leave(page)

      await page.getByRole('button', { name: 'Войти по ключу' }).click()
      await page.waitForURL((address) => address.pathname === root)
      const elsewhere = await signedIn(t, browser, app, email, { root, ...phone })
      await openSecurity(page, root)
      await page.getByText('по ключу доступа').waitFor()
      const other = page.locator('[data-session]', { hasText: 'по паролю' })
      await seen(t, page, `sessions-${name}`)
      await other.getByRole('button', { name: 'Завершить' }).click()
      await other.waitFor({ state: 'detached' })
      await elsewhere.page.waitForURL(new RegExp(`${root}/login$`))
      await page.reload()
      await page.getByText('Этот сеанс').waitFor()
      t.deepEqual(complaints, [])
      elsewhere.forgive(/401/)
      t.deepEqual(elsewhere.complaints, [])
    },
  )

test.serial('a key is asked for without a session, and each question is answered once', async (t) => {
  for (const root of ['/admin', '/cabinet']) {
    const post = (path: string, headers: Record<string, string>, payload: unknown = {}) =>
      fetch(`${app.url}${root}/passkey/${path}`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
        body: JSON.stringify(payload),
      })
    const asked = (await post('options', {})).headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    t.deepEqual(
      asked.map((line) => line.split('=')[0]),
      ['certdesk.passkey-sign-in'],
    )
    const [cookie = ''] = asked
    const answered = async (sent: string) => {
      const answer = await post('sign-in', { cookie: sent }, { id: 'a key nobody has' })
      return ((await answer.json()) as { error: string }).error
    }
    const [name, value = ''] = cookie.split('=')
    const [challenge, at = '', signature] = value.split('.')
    t.is(await answered(`${name}=${challenge}.${Number(at) + 1}.${signature}`), 'key-stale', 'not as signed')
    t.is(await answered(cookie), 'key-unknown')
    t.is(await answered(cookie), 'key-stale', 'answered already')
  }
})

test.serial(
  'a person of two organisations acts for the one they choose; a blocked person is out at once',
  async (t) => {
    t.timeout(600_000)
    const email = 'client@certdesk.example'
    const client = await windowFor(t, browser, app, phone)
    const { page } = client
    await page.goto('/cabinet/login')
    await page.fill('#email', email)
    await page.fill('#password', demoPassword)
    await page.press('#password', 'Enter')
    await page.getByRole('heading', { level: 1, name: 'От чьего имени вы работаете?' }).waitFor()
    await seen(t, page, 'place')
    await page.getByRole('button', { name: /Метиз/ }).click()
    await page.locator('.cd-place').getByText('ООО «Метиз Сервис»').first().waitFor()
    await settled(page)
    await page.goto('/cabinet/pages/profile?tab=organisation')
    await page.getByRole('heading', { name: /Метиз/ }).waitFor()
    await seen(t, page, 'profile-organisation')
    await page.goto('/cabinet')
    await page.getByTestId('place').click()
    await page.getByRole('menuitem', { name: /Экспертиза/ }).click()
    await page.locator('.cd-place').getByText('ООО «Экспертиза»').first().waitFor()
    await seen(t, page, 'place-changed')

    const staff = await signedIn(t, browser, app, 'admin@certdesk.example', desk)
    await staff.page.goto('/admin/resources/users')
    await staff.page.locator('tr[data-id]', { hasText: email }).getByRole('link').first().click()
    await staff.page.getByRole('heading', { level: 1 }).waitFor()
    await take(staff.page, 'block')
    await confirm(staff.page)
    await seen(t, staff.page, 'user-blocked')
    await page.waitForURL(/\/cabinet\/login$/)
    await page.fill('#email', email)
    await page.fill('#password', demoPassword)
    await page.press('#password', 'Enter')
    await page.getByText('Почта или пароль не подходят').waitFor()
    await seen(t, page, 'blocked')
    client.forgive(/401/)
    t.deepEqual(client.complaints, [])
    t.deepEqual(staff.complaints, [])
  },
)
