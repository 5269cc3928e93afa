/** Every screen of every role, in both languages and widths: nothing stands in the way of anybody. */
import test, { type ExecutionContext } from 'ava'
import { demoLogins } from '../../seeders/demo/logins.ts'
import { startApp } from '../_support/app.ts'
import { useBrowser } from '../_support/browser.ts'
import { ask, catalogues, screensOf, type Root } from '../_support/every-screen.ts'
import { moveTo, speak } from '../_support/page-steps.ts'
import { signedIn } from './_desk.ts'
import { Findings, look, type Look } from './_look.ts'

const app = await startApp({ SMTP_URL: '' })
const browser = useBrowser()

const both = ['desk', 'phone'] as const
const languages = ['ru', 'en'] as const
type Language = (typeof languages)[number]

/** The administrator sees every screen in all four looks; the others each language in another width. */
const looksOf = (role: string, language: Language): readonly Look[] => {
  if (role === 'administrator') return both
  return language === 'ru' ? ['desk'] : ['phone']
}

async function lookAtAll(t: ExecutionContext, root: Root, role: string, language: Language): Promise<void> {
  const logins: readonly { role: string; email: string }[] = demoLogins[root]
  const email = logins.find((login) => login.role === role)?.email ?? ''
  const { page, complaints } = await signedIn(t, browser, app, email, { language, root })
  await speak(page, language)
  const looks = looksOf(role, language)
  const found = new Findings()
  const { screens, questions } = await screensOf(page)
  for (const { path, isAgain } of screens) {
    await moveTo(page, path)
    await page.locator('main h1').first().waitFor()
    found.add(path, await look(page, isAgain ? looks.slice(0, 1) : looks))
    for (const tab of isAgain ? [] : (await page.locator('main').getByRole('tab').all()).slice(1)) {
      await tab.click()
      found.add(`${path} ${await tab.textContent()}`, await look(page, looks))
    }
  }
  for (const question of questions) {
    await ask(page, question)
    found.add(`${question.path} ${question.action}`, await look(page, looks))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  t.log(`${screens.length} screens, ${questions.length} questions`)
  t.deepEqual(found.told(), [])
  t.deepEqual(complaints, [])
}

for (const root of Object.keys(catalogues) as Root[])
  for (const role of new Set(demoLogins[root].map((login) => login.role)))
    for (const language of languages)
      test.serial(`nothing stands in the way of the ${role} on any screen, in ${language}`, async (t) => {
        t.timeout(600_000)
        await lookAtAll(t, root, role, language)
      })
