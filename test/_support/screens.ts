/** The program `npm run screens`: pictures of every screen into docs/screens, in two widths, from a fresh demo office. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { demoLogins, demoPassword } from '../../seeders/demo/logins.ts'
import { ask, screensOf, type Question, type Root, type Screen } from './every-screen.ts'
import { moveTo, settled, signIn } from './page-steps.ts'
import { browserPath } from './prepare.ts'

/** A screen of the product's face: README and docs show these, so they stay sharp and keep their names. */
type Shot = Readonly<{
  name: string
  path: string
  /** A row of the list at `path` to open first, so that no id has to be known. */
  opens?: true
  role?: string
}>

const shots: readonly Shot[] = [
  { name: 'home', path: '/admin' },
  { name: 'queue', path: '/admin/pages/queue' },
  { name: 'organisations', path: '/admin/resources/organisations' },
  { name: 'organisation', path: '/admin/resources/organisations', opens: true },
  { name: 'organisation-form', path: '/admin/resources/organisations/actions/new' },
  { name: 'invoice-lines', path: '/admin/resources/invoice-lines' },
  { name: 'invoices', path: '/admin/resources/invoices' },
  { name: 'invoice', path: '/admin/resources/invoices', opens: true },
  { name: 'accounting-requests', path: '/admin/resources/accounting-requests' },
  { name: 'accounting-request', path: '/admin/resources/accounting-requests', opens: true },
  { name: 'documents', path: '/admin/resources/documents' },
  { name: 'document', path: '/admin/resources/documents', opens: true },
  { name: 'accountant-requests', path: '/admin/resources/accounting-requests', role: 'accountant' },
  { name: 'jobs', path: '/admin/pages/jobs', role: 'administrator' },
  { name: 'mails', path: '/admin/resources/mails', role: 'administrator' },
  { name: 'journal', path: '/admin/resources/audit-events', role: 'administrator' },
]
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

type Office = { url: string; stop: () => Promise<void> }

/** The product as a stranger starts it: own database, demo office, nothing configured. */
async function startOffice(): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'certdesk-screens-'))
  const child = spawn(process.execPath, ['--import=tsx', 'src/main.ts'], {
    env: { ...process.env, DATABASE_URL: '', SMTP_URL: '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    await rm(dataDir, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^certdesk: (?<url>http\S+)\/admin/.exec(line)?.groups?.['url']
    if (address) return { url: address, stop }
  }
  await stop()
  throw new Error('the product ended before it listened')
}

/** Takes pictures of one page in both widths: sharp ones of the face, light ones of the rest. */
type Camera = Readonly<{ browser: Browser; url: string; folder: string; isWanted: (name: string) => boolean }>

const windowOf = ({ browser, url }: Camera): Promise<Page> =>
  browser.newPage({
    baseURL: url,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: widths[0] ?? null,
    reducedMotion: 'reduce',
  })

async function signedIn(camera: Camera, role: string, root: Root = '/admin'): Promise<Page> {
  const email = demoLogins[root].find((login) => login.role === role)?.email
  if (!email) throw new Error(`no demo login of the role ${role}`)
  const page = await windowOf(camera)
  await signIn(page, email, demoPassword, root)
  await settled(page)
  return page
}

async function shoot({ folder }: Camera, page: Page, name: string, isFace = false): Promise<void> {
  for (const size of widths) {
    await page.setViewportSize(size)
    await settled(page)
    const file = `${name}-${size.width}`
    await page.screenshot(
      isFace
        ? { path: join(folder, `${file}.png`), animations: 'disabled' }
        : { path: join(folder, 'all', `${file}.jpg`), animations: 'disabled', type: 'jpeg', quality: 60 },
    )
    console.log(file)
  }
  if (widths[0]) await page.setViewportSize(widths[0])
}

/** The address of the first record of the list on the screen. */
const firstRecord = (page: Page, resourceId = ''): Promise<string | null> =>
  page.locator(`main a[href*="${resourceId}/records/"]`).first().getAttribute('href', { timeout: 30_000 })

async function shootFace(camera: Camera): Promise<void> {
  const wanted = shots.filter(({ name }) => camera.isWanted(name))
  for (const role of new Set(wanted.map((shot) => shot.role ?? 'operator'))) {
    const page = await signedIn(camera, role)
    for (const { name, path, opens } of wanted.filter((one) => (one.role ?? 'operator') === role)) {
      await page.goto(path)
      await settled(page)
      const record = opens ? await firstRecord(page) : null
      if (opens && !record) throw new Error(`no record to open at ${path}`)
      if (record) await page.goto(record)
      await shoot(camera, page, name, true)
    }
    await page.context().close()
  }
}

/** `/admin/resources/invoices/records/7/show` → `invoices-show`. */
const nameOf = ({ path }: Pick<Screen, 'path'>): string =>
  path
    .replace(/\?.*/, '')
    .replace(/^\/(admin|cabinet)\b/, (_all, door: string) => (door === 'cabinet' ? 'cabinet' : ''))
    .replace(/\/(records\/\d+|actions)\//, '-')
    .replace(/\/(resources|pages)\//, '-')
    .replace(/^-/, '') || 'home'

/** Every screen and every question the role meets; those an earlier role met already are not taken again. */
async function shootRole(
  camera: Camera,
  role: string,
  taken: Set<string>,
  root: Root = '/admin',
): Promise<void> {
  const page = await signedIn(camera, role, root)
  const { screens, questions } = await screensOf(page)
  const isNew = (name: string) => {
    if (taken.has(name) || !camera.isWanted(name)) return false
    taken.add(name)
    return true
  }
  for (const screen of screens) {
    const name = nameOf(screen)
    if (screen.isAgain || !isNew(name)) continue
    await moveTo(page, screen.path.replace(/\?.*/, ''))
    await shoot(camera, page, name)
    const tabs = await page.locator('main').getByRole('tab').all()
    for (const tab of name === 'organisations-show' ? tabs.slice(1) : []) {
      await tab.click()
      await shoot(camera, page, `${name}-${(await tab.getAttribute('id'))?.replace('cd-tab-', '')}`)
    }
  }
  for (const question of questions) await shootQuestion(camera, page, question, isNew)
  await page.context().close()
}

async function shootQuestion(
  camera: Camera,
  page: Page,
  question: Question,
  isNew: (name: string) => boolean,
): Promise<void> {
  const name = `${nameOf(question).replace(/-show$/, '')}-ask-${question.action}`
  if (!isNew(name)) return
  await ask(page, question)
  await shoot(camera, page, name)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** The first personal link in a captured letter whose subject fits. */
async function linkIn(page: Page, subject: RegExp): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto('/outbox')
    const letter = page.locator('main li a').filter({ hasText: subject }).first()
    if ((await letter.count()) > 0) {
      await letter.click()
      const text = await page.locator('pre').innerText()
      const path = /\/l\/[\w-]+/.exec(text)?.[0]
      if (path) return path
    }
    await page.waitForTimeout(1000)
  }
  throw new Error(`no letter with a link: ${subject}`)
}

/** The code printed on the newest published paper. */
async function verificationCode(camera: Camera): Promise<string> {
  const page = await signedIn(camera, 'operator')
  await page.goto('/admin/resources/documents?filters.state=published')
  await settled(page)
  const id = /records\/(\d+)/.exec((await firstRecord(page, 'documents')) ?? '')?.[1]
  const file = await page.request.get(`/admin/files/document/${id}`)
  const { text } = await extractText(new Uint8Array(await file.body()), { mergePages: true })
  await page.context().close()
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(text)?.[0]
  if (!code) throw new Error('the paper carries no code')
  return code
}

/** Whoever has no account: the door, the pages of links, the check of a paper, the captured letters. */
async function shootVisitors(camera: Camera): Promise<void> {
  const page = await windowOf(camera)
  const go = async (name: string, path: () => string | Promise<string>) => {
    if (!camera.isWanted(name)) return
    await page.goto(await path())
    await shoot(camera, page, name, name === 'sign-in')
  }
  await go('sign-in', () => '/admin/login')
  await go('link-request', () => linkIn(page, /^Запрос/))
  await go('link-papers', () => linkIn(page, /^\d+ .* от /))
  await go('link-unknown', () => '/l/1-unknown')
  await go('paper-check', async () => `/v/${await verificationCode(camera)}`)
  await go('outbox', () => '/outbox')
  await go('outbox-samples', () => '/outbox/samples')
  await page.context().close()
}

const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } })
const chosen = values.only?.split(',')
const folder = resolve(values.out ?? 'docs/screens')
await mkdir(join(folder, 'all'), { recursive: true })
const office = await startOffice()
const browser = await chromium.launch({
  executablePath: await browserPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
})
try {
  const isWanted = (name: string) => chosen?.includes(name) ?? true
  const camera: Camera = { browser, url: office.url, folder, isWanted }
  const taken = new Set<string>()
  const rounds: readonly (() => Promise<void>)[] = [
    () => shootFace(camera),
    () => shootVisitors(camera),
    ...demoLogins['/admin'].map(
      ({ role }) =>
        () =>
          shootRole(camera, role, taken),
    ),
    ...demoLogins['/cabinet'].map(
      ({ role }) =>
        () =>
          shootRole(camera, role, taken, '/cabinet'),
    ),
  ]
  // What one round cannot show is told, and the others are taken all the same.
  for (const round of rounds)
    await round().catch((fault: unknown) => {
      console.error(fault)
      process.exitCode = 1
    })
} finally {
  await browser.close()
  await office.stop()
}
