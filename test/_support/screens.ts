/** The program `npm run screens`: pictures of every screen into docs/screens, in two widths, from a fresh demo office. */
import './secrets.ts'
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoLogins, demoPassword } from '../../seeders/demo/logins.ts'
import { closeDatabase } from '../../src/db/pool.ts'
import { connectDatabase } from '../../src/db/sequelize.ts'
import { clientDoor, personalLinks, staffDoor, type Walk } from '../e2e/_before-doors.ts'
import { openings } from '../e2e/_openings.ts'
import { demoStorage, makeDemoOffice } from './demo.ts'
import { ask, screenName, screensOf, type Question, type Root } from './every-screen.ts'
import { choosePlace, moveTo, settled, signIn } from './page-steps.ts'
import { browserPath } from './prepare.ts'
import { programOf } from './program.ts'
import { TEMPLATE, cloneDatabase, databaseOf, startTestServer, withClient } from './server.ts'

/** A screen of the product's face: README and docs show these, so they stay sharp and keep their names. */
type Shot = Readonly<{
  name: string
  path: string
  /** The first record or conversation listed at `path` is opened, so that no id has to be known. */
  opens?: true
  /** The operator's unless it says more. */
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
  { name: 'messages', path: '/admin/pages/messages', opens: true },
  { name: 'cabinet-home', path: '/cabinet', role: 'head' },
  { name: 'cabinet-invoice', path: '/cabinet/resources/invoices', opens: true, role: 'head' },
  { name: 'cabinet-documents', path: '/cabinet/resources/documents', role: 'head' },
  { name: 'cabinet-messages', path: '/cabinet/pages/messages', opens: true, role: 'head' },
  { name: 'cabinet-catalogue', path: '/cabinet/pages/catalogue', role: 'head' },
  { name: 'cabinet-people', path: '/cabinet/pages/people', role: 'head' },
  { name: 'cabinet-organisation', path: '/cabinet/resources/organisations', opens: true, role: 'head' },
]
/** The face before the doors; the rest of those walks is taken with everything else. */
const doorFaces = new Set(['office-sign-in', 'door-sign-in', 'door-step-2-of-a-registration-with-a-fault'])
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

type Office = { url: string; stop: () => Promise<void> }

/** The product with its demo office on a database of its own; this process reads that database too. */
async function startOffice(): Promise<Office> {
  const server = await startTestServer()
  const url = databaseOf(server.url, 'screens')
  await withClient(server.url, (client) => cloneDatabase(client, 'screens', TEMPLATE))
  connectDatabase(url, { applicationName: 'screens' })
  const dataDir = await mkdtemp(join(tmpdir(), 'certdesk-screens-'))
  await makeDemoOffice(url, dataDir)
  const child = spawn(process.execPath, programOf('test/_support/_app.ts'), {
    env: {
      ...process.env,
      DATABASE_URL: url,
      SMTP_URL: '',
      DATA_DIR: dataDir,
      STORAGE_DIR: demoStorage(dataDir),
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    await closeDatabase()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const started = new Promise<string>((said, failed) => {
    child.once('message', (message: { url: string }) => said(message.url))
    child.once('exit', (code) => failed(new Error(`the product ended at its start with ${code}`)))
  })
  try {
    return { url: await started, stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}

/** Takes pictures of one page in both widths: sharp ones of the face, light ones of the rest. */
type Camera = Readonly<{ browser: Browser; url: string; folder: string; isWanted: (name: string) => boolean }>

const windowOf = ({ browser, url }: Camera): Promise<Page> =>
  browser.newPage({
    baseURL: url,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: widths[0],
    reducedMotion: 'reduce',
  })

async function signedIn(camera: Camera, role: string, root: Root = '/admin'): Promise<Page> {
  const email = demoLogins[root].find((login) => login.role === role)?.email
  if (!email) throw new Error(`no demo login of the role ${role}`)
  const page = await windowOf(camera)
  await signIn(page, email, demoPassword, root)
  await choosePlace(page)
  await settled(page)
  return page
}

/** How tall a picture of a phone may become; what is longer is cut. */
const tallest = 2200

async function shoot({ folder }: Camera, page: Page, name: string, isFace = false): Promise<void> {
  // Only a person at the keyboard sees the frame of a screen that has just taken the focus.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('main:focus')?.blur()
  })
  const devtools = await page.context().newCDPSession(page)
  for (const size of widths) {
    await page.setViewportSize(size)
    await settled(page)
    if (size.width < 768) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ ...size, height: Math.min(tallest, Math.max(size.height, height)) })
      await settled(page)
    }
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: isFace ? 80 : 40,
    })
    const file = `${name}-${size.width}.webp`
    await writeFile(join(folder, isFace ? '' : 'all', file), Buffer.from(data, 'base64'))
    console.log(file)
  }
  await devtools.detach()
  await page.setViewportSize(widths[0])
}

/** The address of the first record, or conversation, of the list on the screen. */
const firstOf = (page: Page): Promise<string | null> =>
  page
    .locator('main')
    .locator('a[href*="/records/"], a[href*="thread="]')
    .first()
    .getAttribute('href', { timeout: 30_000 })

async function shootFace(camera: Camera): Promise<void> {
  const wanted = shots.filter(({ name }) => camera.isWanted(name))
  for (const role of new Set(wanted.map((shot) => shot.role ?? 'operator'))) {
    const root = demoLogins['/cabinet'].some((login) => login.role === role) ? '/cabinet' : '/admin'
    const page = await signedIn(camera, role, root)
    for (const { name, path, opens } of wanted.filter((one) => (one.role ?? 'operator') === role)) {
      await page.goto(path)
      await settled(page)
      const record = opens ? await firstOf(page) : null
      if (opens && !record) throw new Error(`no record to open at ${path}`)
      if (record) await page.goto(record)
      await shoot(camera, page, name, true)
    }
    await page.context().close()
  }
}

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
    const name = screenName(screen.path)
    if (screen.isAgain || !isNew(name)) continue
    await moveTo(page, screen.path.replace(/\?.*/, ''))
    await shoot(camera, page, name)
    const tabs = await page.locator('main').getByRole('tab').all()
    for (const tab of tabs.slice(1)) {
      await tab.click()
      await shoot(camera, page, `${name}-${(await tab.getAttribute('id'))?.replace(/^.*tab-/, '')}`)
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
  const name = `${screenName(question.path).replace(/-show$/, '')}-ask-${question.action}`
  if (!isNew(name)) return
  await ask(page, question)
  await shoot(camera, page, name)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** «a link to a password that is gone» → `link-to-a-password-that-is-gone` */
const slugOf = (name: string): string =>
  name
    .replace(/^(a|an|the) /, '')
    .replaceAll(/[^\p{L}\d]+/gu, '-')
    .toLowerCase()

/** Whoever has no account: the doors, the ways in, the pages of links, the check of a paper, the captured letters. */
async function shootWalk(camera: Camera, prefix: string, walk: Walk): Promise<void> {
  const page = await windowOf(camera)
  await walk(page, 'ru', async (name) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    const file = `${prefix}-${slugOf(name)}`
    if (camera.isWanted(file)) await shoot(camera, page, file, doorFaces.has(file))
  })
  await page.context().close()
}

/** What opens over a screen. */
async function shootOpenings(camera: Camera): Promise<void> {
  const page = await signedIn(camera, 'operator')
  for (const [name, { path, open }] of Object.entries(openings)) {
    const file = `over-${slugOf(name)}`
    if (!camera.isWanted(file)) continue
    await page.goto('/admin')
    await settled(page)
    await moveTo(page, path)
    await settled(page)
    await open(page)
    await shoot(camera, page, file)
  }
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
  const isWanted = (name: string) => chosen?.some((one) => name.startsWith(one)) ?? true
  const camera: Camera = { browser, url: office.url, folder, isWanted }
  const taken = new Set<string>()
  const rounds: readonly (() => Promise<void>)[] = [
    () => shootFace(camera),
    () => shootOpenings(camera),
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
    // The last: they change what roles must do to come in.
    () => shootWalk(camera, 'office', staffDoor),
    () => shootWalk(camera, 'door', clientDoor),
    () => shootWalk(camera, 'link', personalLinks),
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
