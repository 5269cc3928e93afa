/**
 * Every screen of both sides and every page before them: nothing stands in anybody's way. The suite looks once at each, in
 * Russian at a desk; `npm run check:screens` looks in both languages and widths, and at records in every state.
 */
import test, { type ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { demoLogins } from '../../seeders/demo/logins.ts'
import { languages, type Language } from '../../src/domain/language.ts'
import { startApp } from '../_support/app.ts'
import { accessibilityFaults, useBrowser } from '../_support/browser.ts'
import {
  ask,
  catalogues,
  conditionsOfEachKind,
  screenName,
  screensOf,
  type Question,
  type Root,
  type Screen,
} from '../_support/every-screen.ts'
import { choosePlace, moveTo, settled, speak } from '../_support/page-steps.ts'
import { operator, signedIn, windowFor } from './_desk.ts'
import { clientDoor, personalLinks, staffDoor, type Walk } from './_before-doors.ts'
import { Findings, look, pastItsEnd, phone, type Look } from './_look.ts'
import { openings } from './_openings.ts'
import { unvisited } from './_routes.ts'

// Letters are captured, so that the pages that show them are there.
const app = await startApp({ SMTP_URL: '' })
const browser = useBrowser()

const isThorough = process.argv.includes('thorough')
const spoken: readonly Language[] = isThorough ? languages : ['ru']
/** Russian is looked at in both widths, English in the one where words run out of room first. */
const looksIn: Readonly<Record<Language, readonly Look[]>> = {
  ru: isThorough ? ['desk', 'phone'] : ['desk'],
  en: ['phone'],
}

type Visit = (page: Page, looks: readonly Look[]) => Promise<[place: string, faults: string[]][]>

const visitOf =
  ({ path, isAgain }: Screen): Visit =>
  async (page, looks) => {
    await moveTo(page, path)
    await page.locator('main h1').first().waitFor()
    const seen: [string, string[]][] = [[path, await look(page, looks)]]
    for (const tab of isAgain ? [] : (await page.locator('main').getByRole('tab').all()).slice(1)) {
      await tab.click()
      seen.push([`${path} ${await tab.textContent()}`, await look(page, looks)])
    }
    const [list, few] = path.split('?perPage=')
    if (list && few) {
      await moveTo(page, list)
      await settled(page)
      seen.push([list, await page.evaluate(pastItsEnd)])
    }
    return seen
  }

const askOf =
  (question: Question): Visit =>
  async (page, looks) => {
    await ask(page, question)
    const faults = await look(page, looks)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    return [[`${question.path} ${question.action}`, faults]]
  }

/** Several people at one desk: half of the time of a page is waiting. */
async function visitAll(
  pages: readonly Page[],
  visits: readonly Visit[],
  looks: readonly Look[],
): Promise<Findings> {
  const found = new Findings()
  const left = visits.values()
  await Promise.all(
    pages.map(async (page) => {
      for (const visit of left)
        for (const [place, faults] of await visit(page, looks)) found.add(place, faults)
    }),
  )
  return found
}

/** What this person sees that nobody before did; the home of each role is another. */
async function newFor(page: Page, role: string, known: Set<string>) {
  const isNew = (name: string): boolean => {
    if (known.has(name)) return false
    known.add(name)
    return true
  }
  const { screens, questions } = await screensOf(page)
  const isHome = ({ path }: Screen) => Object.keys(catalogues).includes(path)
  const again = screens.filter(({ isAgain }) => isAgain)
  const first = screens.filter(
    (screen) => !screen.isAgain && isNew(screenName(screen.path) + (isHome(screen) ? role : '')),
  )
  const asked = questions.filter(({ resourceId, action }) => isNew(`${resourceId} ${action}`))
  return { first, again: known.size === first.length + asked.length ? again : [], asked }
}

for (const root of Object.keys(catalogues) as Root[])
  test.serial(`nothing stands in the way on any screen of ${root}`, async (t) => {
    t.timeout(900_000)
    const known = new Set<string>()
    const told: string[] = []
    for (const role of new Set(demoLogins[root].map((login) => login.role))) {
      const email = demoLogins[root].find((login) => login.role === role)?.email ?? ''
      const { page, context, complaints } = await signedIn(t, browser, app, email, { root })
      await choosePlace(page)
      const { first, again, asked } = await newFor(page, role, known)
      // In the suite another file fills the waiting.
      const pages = isThorough ? [page, await context.newPage()] : [page]
      for (const language of spoken) {
        await speak(page, language)
        for (const one of pages) await one.goto(root)
        for (const one of pages) await settled(one)
        const visits = [...first.map(visitOf), ...asked.map(askOf)]
        const found = await visitAll(pages, visits, looksIn[language])
        told.push(...found.told().map((fault) => `${role}, ${language}: ${fault}`))
        if (language === 'ru' && isThorough)
          told.push(...(await visitAll(pages, again.map(visitOf), ['desk'])).told())
      }
      t.log(
        `${role}: ${first.length} screens, ${asked.length} questions, ${again.length} records in other states`,
      )
      told.push(...complaints.map((complaint) => `${role}: ${complaint}`))
      await context.close()
    }
    t.deepEqual(told, [])
  })

for (const language of spoken)
  test.serial(`nothing that opens over a screen stands in anybody's way, in ${language}`, async (t) => {
    t.timeout(600_000)
    const { page, complaints, forgive } = await signedIn(t, browser, app, operator)
    await speak(page, language)
    const looks = looksIn[language]
    const found = new Findings()
    for (const [name, { path, open }] of Object.entries(openings)) {
      await page.goto('/admin')
      await settled(page)
      await moveTo(page, path)
      await settled(page)
      await open(page)
      found.add(name, await look(page, looks))
    }
    await page.goto('/admin')
    for (const { resourceId, property } of conditionsOfEachKind()) {
      await moveTo(page, `/admin/resources/${resourceId}?perPage=8`)
      await settled(page)
      if (!(await page.getByTestId('filter-add').isVisible())) continue
      await page.getByTestId('filter-add').click()
      await page.getByTestId(`filter-${property}`).click()
      found.add(`the condition ${resourceId} ${property}`, await look(page, looks))
      await page.keyboard.press('Escape')
    }
    t.deepEqual(found.told(), [])
    forgive(/404/)
    t.deepEqual(complaints, [])
  })

/** A phone is narrow from the start, not a desk's window made narrow. */
for (const root of Object.keys(catalogues) as Root[])
  test.serial(`the navigation of a phone names all it leads to at ${root}`, async (t) => {
    const email = root === '/admin' ? operator : 'client@certdesk.example'
    const { page, complaints } = await signedIn(t, browser, app, email, { root, ...phone })
    await choosePlace(page)
    await page.locator('[aria-controls=cd-side]:visible').click()
    await page.locator('.cd-side-open').waitFor()
    await page.waitForFunction(() => document.getAnimations().length === 0)
    const links = page.locator('#cd-side a .cd-side-text')
    t.true((await links.count()) > 5)
    for (const link of await links.all()) {
      const { width = 0 } = (await link.boundingBox()) ?? {}
      t.true(width > 30, `«${await link.textContent()}» is ${width} px wide`)
    }
    t.deepEqual(await accessibilityFaults(page), [])
    t.deepEqual(complaints, [])
  })

/** Addresses the walks before the doors have been at. */
const visited = new Set<string>()

async function walkAlone(t: ExecutionContext, walk: Walk, language: Language): Promise<string[]> {
  const { page, complaints, forgive } = await windowFor(t, browser, app, { language })
  page.on('response', (answer) => {
    if (answer.request().isNavigationRequest()) visited.add(new URL(answer.url()).pathname)
  })
  const found = new Findings()
  await walk(page, language, async (name) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    t.is(await page.locator('html').getAttribute('lang'), language, name)
    found.add(name, await look(page, looksIn[language]))
  })
  // Dead links answer 404 and 410, faults 400, 401 and 422: that is what was asked for.
  forgive(/40[014]|410|422/)
  return [...found.told(), ...complaints]
}

for (const language of spoken)
  test.serial(`nothing stands in the way of people without an account, in ${language}`, async (t) => {
    t.timeout(600_000)
    const walks = [staffDoor, clientDoor, personalLinks].map((walk) => walkAlone(t, walk, language))
    t.deepEqual((await Promise.all(walks)).flat(), [])
  })

test.serial('every page that opens without an account was looked at', (t) => {
  t.deepEqual(unvisited(visited), [])
})
