/** Pages for people who are not signed in, and what opens over a screen: nothing of it stands in anybody's way. */
import { randomBytes } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import type { Page } from 'playwright-core'
import { demoPassword } from '../../seeders/demo/logins.ts'
import { atomic } from '../../src/db/atomic.ts'
import { AccountingRequest } from '../../src/models/accounting-request.ts'
import { AccessLink } from '../../src/models/access-link.ts'
import { Document } from '../../src/models/document.ts'
import { Export } from '../../src/models/export.ts'
import { issueLink, linkAddress } from '../../src/operations/links/personal-links.ts'
import { startApp } from '../_support/app.ts'
import { accessibilityFaults, useBrowser } from '../_support/browser.ts'
import { conditionsOfEachKind } from '../_support/every-screen.ts'
import { moveTo, settled, signIn, speak } from '../_support/page-steps.ts'
import { operator, signedIn, windowFor } from './_desk.ts'
import { desk, Findings, look, phone } from './_look.ts'

// Letters are captured, so that the pages that show them are there; links are made here as the product makes them.
process.env['LINK_SECRET'] = randomBytes(24).toString('hex')
const app = await startApp({ SMTP_URL: '' })
const browser = useBrowser()
const both = ['desk', 'phone'] as const
const languages = ['ru', 'en'] as const

const pathOf = (link: AccessLink): string => new URL(linkAddress(link)).pathname

async function until<Found>(find: () => Promise<Found | null>, what: string): Promise<Found> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const found = await find()
    if (found) return found
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${what} did not come`)
}

/** A link that still opens what it is for. */
const liveLink = (purpose: AccessLink['purpose']) =>
  until(async () => {
    const open = await AccountingRequest.findAll({ where: { state: 'sent' } })
    const about = purpose === 'accounting_answer' && { subjectId: open.map(({ id }) => id) }
    return AccessLink.findOne({ where: { purpose, usedAt: null, revokedAt: null, ...about }, order: ['id'] })
  }, `a link for ${purpose}`)

/** A link like the given one that has ended in its own way. */
const ended = async ({ purpose, subjectId, officeId }: AccessLink, end: Partial<AccessLink>) =>
  atomic(async () => {
    const day = 86_400_000
    const link = await issueLink({
      purpose,
      subjectId,
      officeId,
      recipient: 'buh@sever.example',
      isSingleUse: true,
      expiresAt: new Date(Date.now() + day),
      now: new Date(),
    })
    return link.update(end)
  })

/** Every page that opens without an account, by what it is. */
async function pages(): Promise<Record<string, string>> {
  const request = await liveLink('accounting_answer')
  const papers = await liveLink('documents')
  const paper = await Document.findOne({ where: { state: 'published' }, rejectOnEmpty: true })
  const made = await until(() => Export.findOne({ where: { state: 'ready' } }), 'a register')
  const register = await ended({ ...request.get(), purpose: 'export', subjectId: made.id } as AccessLink, {})
  const past = new Date(Date.now() - 60_000)
  return {
    'the request': pathOf(request),
    'the papers': pathOf(papers),
    'the register': pathOf(register),
    'a used link': pathOf(await ended(request, { usedAt: past })),
    'a revoked link': pathOf(await ended(request, { revokedAt: past })),
    'an expired link': pathOf(await ended(request, { expiresAt: past })),
    'an unknown link': '/l/1-unknown',
    'a valid paper': `/v/${paper.verificationCode}`,
    'an unknown paper': '/v/AAAA-BBBB-CCCC-DDDD',
    'the letters': '/outbox',
    'the samples of letters': '/outbox/samples',
    'the sign-in': '/admin/login',
  }
}

async function lookAtForm(page: Page, path: string, found: Findings): Promise<void> {
  await page.goto(path)
  await page.locator('button[value=confirm]').click()
  await page.getByRole('alert').waitFor()
  for (const way of await page.locator('details > summary').all()) await way.click()
  found.add('the request with faults', await look(page, both))
}

async function lookAtSignIn(page: Page, found: Findings): Promise<void> {
  await page.goto('/admin/login')
  await page.fill('#email', operator)
  await page.fill('#password', 'not the password')
  await page.press('#password', 'Enter')
  await page.getByRole('alert').waitFor()
  found.add('the sign-in with a fault', await look(page, both))
  await signIn(page, operator, demoPassword)
  await page.goto('/admin/password')
  await page.fill('#current', 'not the password')
  await page.fill('#next', 'long enough to be one')
  await page.press('#next', 'Enter')
  await page.getByRole('alert').waitFor()
  found.add('the change of the password', await look(page, both))
}

/** The register whose page a link opens. */
async function orderRegister(t: ExecutionContext): Promise<void> {
  const { page } = await signedIn(t, browser, app, operator)
  await page.goto('/admin/resources/contracts')
  await page.goto('/admin/resources/invoice-lines')
  await page.getByTestId('export-register').click()
  await until(() => Export.findOne({ where: { state: 'ready' } }), 'the register')
}

for (const language of languages)
  test.serial(`nothing stands in the way of people without an account, in ${language}`, async (t) => {
    t.timeout(600_000)
    if (!(await Export.findOne({ where: { state: 'ready' } }))) await orderRegister(t)
    const known = await pages()
    const { page, complaints, forgive } = await windowFor(t, browser, app, { language })
    await page.goto(`/admin/login?lang=${language}`)
    const found = new Findings()
    for (const [name, path] of Object.entries(known)) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      t.is(await page.locator('html').getAttribute('lang'), language, name)
      found.add(name, await look(page, both))
    }
    await page.goto('/outbox')
    await page.locator('main li a').first().click()
    await page.locator('iframe').waitFor()
    found.add('a letter', await look(page, both))
    await lookAtForm(page, known['the request'] ?? '', found)
    await lookAtSignIn(page, found)
    t.deepEqual(found.told(), [])
    // Dead links answer 404 and 410, faults 401, 400 and 422: that is what was asked for.
    forgive(/40[014]|410|422/)
    t.deepEqual(complaints, [])
  })

/** Each thing that opens over a screen: where, and how a person opens it. */
const openings: Record<string, { path: string; open: (page: Page) => Promise<void> }> = {
  'the search': {
    path: '/admin',
    open: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('Экспертиза')
      await page.getByRole('option').first().waitFor()
    },
  },
  'the work': { path: '/admin', open: (page) => page.getByTestId('work-tray').click() },
  'the menu of the person': { path: '/admin', open: (page) => page.getByTestId('user-menu').click() },
  'the choice of a condition': {
    path: '/admin/resources/invoices?perPage=8',
    open: (page) => page.getByTestId('filter-add').click(),
  },
  'the choice of columns': {
    path: '/admin/resources/invoices?perPage=8',
    open: (page) => page.locator('.cd-head .cd-anchor button').first().click(),
  },
  'the menu of a row': {
    path: '/admin/resources/invoices?perPage=8',
    open: async (page) => {
      await page.locator('tbody [aria-haspopup=menu]').first().click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  'a form with faults': {
    path: '/admin/resources/organisations/actions/new',
    open: async (page) => {
      await page.locator('form input').first().fill('x')
      await page.locator('form input').first().fill('')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  'a form that is left': {
    path: '/admin/resources/organisations/actions/new',
    open: async (page) => {
      await page.locator('form input').first().fill('Начато')
      await page.locator('#cd-side a').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'a list where nothing fits': {
    path: '/admin/resources/organisations?filters.taxId=0000000000',
    open: (page) => page.locator('main h2, main h3').first().waitFor(),
  },
  'a record that is not there': {
    path: '/admin/resources/organisations/records/999999/show',
    open: (page) => page.locator('main h1, main h2').first().waitFor(),
  },
  'an address that is not there': {
    path: '/admin/nowhere',
    open: (page) => page.locator('main h1').waitFor(),
  },
}

for (const language of languages)
  test.serial(`nothing that opens over a screen stands in anybody's way, in ${language}`, async (t) => {
    t.timeout(600_000)
    const { page, complaints, forgive } = await signedIn(t, browser, app, operator, { language })
    await speak(page, language)
    const found = new Findings()
    for (const [name, { path, open }] of Object.entries(openings)) {
      await page.goto('/admin')
      await settled(page)
      await moveTo(page, path)
      await settled(page)
      await open(page)
      found.add(name, await look(page, both))
    }
    await page.goto('/admin')
    for (const { resourceId, property } of conditionsOfEachKind()) {
      await moveTo(page, `/admin/resources/${resourceId}?perPage=8`)
      await settled(page)
      if (!(await page.getByTestId('filter-add').isVisible())) continue
      await page.getByTestId('filter-add').click()
      await page.getByTestId(`filter-${property}`).click()
      found.add(`the condition ${resourceId} ${property}`, await look(page, both))
      await page.keyboard.press('Escape')
    }
    await page.setViewportSize(phone)
    await page.locator('.cd-bar [aria-controls=cd-side]').click()
    await page.locator('.cd-side-open').waitFor()
    found.add('the navigation of a phone', await accessibilityFaults(page))
    await page.setViewportSize(desk)
    t.deepEqual(found.told(), [])
    forgive(/404/)
    t.deepEqual(complaints, [])
  })
