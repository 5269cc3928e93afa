/** Coming in, in a real browser: invitations and their end, a forgotten password, codes of a phone and on paper. */
import { Secret, TOTP } from 'otpauth'
import test, { type ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { invitationEnd } from '../../src/domain/invitation-term.ts'
import { Invitation } from '../../src/models/invitation.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { later } from '../_support/clock.ts'
import { chooseLanguage, settled, signIn, take } from '../_support/page-steps.ts'
import { confirm, isTo, linkIn, signedIn, windowFor } from './_desk.ts'
import { choosePassword, follow, leave, letterTo, openSecurity, password, refused, seen } from './_doors.ts'
import { desk, phone } from './_look.ts'

// Passkeys belong to a name: at a bare number there are none, and the profile says so.
const app = await startApp({ HOST: 'localhost', PUBLIC_URL: '' })
const browser = useBrowser()

/** Signs in a person of two organisations, who says for which of them they come. */
async function actFor(page: Page, email: string, organisation: string): Promise<void> {
  await signIn(page, email, demoPassword, '/cabinet')
  await page.waitForURL(/\/cabinet\/place$/)
  await page.getByRole('button', { name: organisation }).click()
  await page.waitForURL(/\/cabinet$/)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function invite(t: ExecutionContext, page: Page, email: string): Promise<void> {
  await page.goto('/cabinet/resources/invitations')
  await page.getByRole('button', { name: 'Пригласить' }).first().click()
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Фамилия').fill('Ершов')
  await page.getByLabel('Имя').fill('Лев')
  await seen(t, page, 'invitation-form')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: email }).waitFor()
}

test.serial(
  'an invitation is used once, replaced by a newer one, and ends after sixty days to the second',
  async (t) => {
    t.timeout(600_000)
    const head = await windowFor(t, browser, app)
    await head.page.goto('/cabinet/login')
    await actFor(head.page, 'client@certdesk.example', 'ООО «Экспертиза»')

    await invite(t, head.page, 'first@client.example')
    const guest = await windowFor(t, browser, app, phone)
    const { page } = guest
    const used = await follow(page, await letterTo(app, 'first@client.example', /^Приглашение/))
    await page.getByText('Вас приглашают присоединиться к организации ООО «Экспертиза»').waitFor()
    t.is(await page.inputValue('#surname'), 'Ершов')
    await choosePassword(t, page)
    await seen(t, page, 'invitation')
    await page.getByRole('button', { name: 'Принять приглашение' }).click()
    await page.waitForURL(/\/cabinet$/)
    await page.locator('.cd-place').getByText('ООО «Экспертиза»').first().waitFor()
    await seen(t, page, 'invitation-accepted')
    await refused(guest, used, { title: 'Приглашение уже принято', why: /действует один раз/ })
    await seen(t, page, 'invitation-used')

    await invite(t, head.page, 'second@client.example')
    const first = await letterTo(app, 'second@client.example', /^Приглашение/)
    await take(head.page, 'resend')
    await confirm(head.page)
    await seen(t, head.page, 'invitation-resent')
    const isSecond = isTo('second@client.example', /^Приглашение/)
    const second = await app.letter((letter) => letter !== first && isSecond(letter), 120_000)
    await refused(guest, linkIn(first), {
      title: 'Приглашение больше не действует',
      why: /из последнего письма/,
    })
    await seen(t, page, 'invitation-replaced')

    const { sentAt } = await Invitation.findOne({
      where: { email: 'second@client.example' },
      rejectOnEmpty: true,
    })
    const other = await app.otherClock()
    const path = new URL(linkIn(second)).pathname
    await other.standAt(later(invitationEnd(sentAt), { seconds: -1 }))
    await page.goto(other.url + path)
    await page.getByRole('button', { name: 'Принять приглашение' }).waitFor()
    await other.standAt(later(invitationEnd(sentAt), { seconds: 1 }))
    await refused(guest, other.url + path, { title: 'Срок приглашения истёк', why: /60 суток/ })
    await seen(t, page, 'invitation-expired')
    t.deepEqual(guest.complaints, [])
    t.deepEqual(head.complaints, [])
  },
)

test.serial(
  'a forgotten password is replaced by a link that works once and ends every other session',
  async (t) => {
    t.timeout(600_000)
    const email = 'applicant@certdesk.example'
    const elsewhere = await signedIn(t, browser, app, email, { root: '/cabinet', ...desk })
    const window = await windowFor(t, browser, app, phone)
    const { page } = window
    await page.goto('/cabinet/login')
    await seen(t, page, 'sign-in-cabinet')
    await page.getByRole('link', { name: 'Забыли пароль?' }).click()
    await page.fill('#email', email)
    await seen(t, page, 'forgot')
    await page.getByRole('button', { name: 'Прислать ссылку' }).click()
    await page.getByRole('heading', { name: 'Проверьте почту' }).waitFor()
    await seen(t, page, 'forgot-sent')

    const link = await follow(page, await letterTo(app, email, /^Новый пароль/))
    t.is(new URL(page.url()).pathname, '/cabinet/new-password')
    await choosePassword(t, page)
    await page.fill('#again', 'не то же')
    await page.getByRole('button', { name: 'Сохранить пароль' }).click()
    await page.locator('#fault').waitFor()
    window.forgive(/400/)
    await seen(t, page, 'new-password')
    await choosePassword(t, page)
    await page.getByRole('button', { name: 'Сохранить пароль' }).click()
    await page.getByText('Пароль сохранён').waitFor()
    await seen(t, page, 'password-saved')

    await elsewhere.page.waitForURL(/\/cabinet\/login$/)

    await refused(window, link, { title: 'Ссылка уже использована', why: /второй раз она не открывается/ })
    await seen(t, page, 'link-used')
    await signIn(page, email, password, '/cabinet')
    await page.getByRole('heading', { level: 1, name: /Кирилл/ }).waitFor()
    await seen(t, page, 'cabinet-of-an-applicant')
    t.deepEqual(window.complaints, [])
    elsewhere.forgive(/401/)
    t.deepEqual(elsewhere.complaints, [])
  },
)

test.serial(
  'a person turns on codes and comes in with one, then once with a code on paper, in English',
  async (t) => {
    t.timeout(600_000)
    const email = 'accountant@certdesk.example'
    const { page, complaints, forgive } = await windowFor(t, browser, app, { language: 'en', ...desk })
    await page.goto('/admin/login?lang=en')
    await seen(t, page, 'sign-in-en')
    await signIn(page, email, demoPassword)
    await page.getByTestId('user-menu').click()
    await chooseLanguage(page, () => page.getByRole('menuitem', { name: /Switch to English/ }).click())
    await openSecurity(page, '/admin')
    await seen(t, page, 'profile-security')
    await page.getByTestId('factor-on').click()
    await page.locator('.cd-qr').waitFor()
    const key = await page.locator('.cd-dialog .cd-code').innerText()
    const secret = Secret.fromBase32(key.replaceAll(/\s/g, ''))
    // A code is taken for half a minute after its own: a slow machine may need all of it.
    const code = (steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })
    await seen(t, page, 'profile-factor')
    await page.fill('#cd-factor-code', code())
    await page.getByTestId('factor-confirm').click()
    const paper = page.locator('.cd-recovery li')
    await paper.first().waitFor()
    t.is(await paper.count(), 10)
    const onPaper = await paper.first().innerText()
    await seen(t, page, 'profile-codes')
    await page.getByTestId('codes-kept').click()
    await page.getByText('10 recovery codes left').waitFor()
    await leave(page)

    const toCode = async () => {
      await signIn(page, email, demoPassword)
      t.is(new URL(page.url()).pathname, '/admin/login/code')
    }
    const prove = async (typed: string) => {
      await page.fill('#code', typed)
      await page.press('#code', 'Enter')
    }
    await toCode()
    await prove('000 000')
    await page.locator('#fault').waitFor()
    await seen(t, page, 'code')
    forgive(/401/)
    await prove(code(1))
    await page.waitForURL(/\/admin$/)
    await settled(page)
    await leave(page)

    await toCode()
    await prove(onPaper)
    await page.waitForURL(/\/admin$/)
    await openSecurity(page, '/admin')
    await page.getByText('9 recovery codes left').waitFor()
    await leave(page)

    await toCode()
    await prove(onPaper)
    await page.locator('#fault').waitFor()
    forgive(/401/)
    t.deepEqual(complaints, [])
  },
)
