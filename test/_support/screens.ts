/** The program `npm run screens`: pictures of every screen into docs/screens, in two widths, from a fresh demo office. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoLogins, demoPassword } from '../../seeders/demo/logins.ts'
import { browserPath } from './prepare.ts'

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

async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.readyState === 'complete' && !document.querySelector('[aria-busy=true], .cd-skeleton'),
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

async function signedIn(
  browser: Browser,
  url: string,
  role: string,
  size: (typeof widths)[number],
): Promise<Page> {
  const email = demoLogins['/admin'].find((login) => login.role === role)?.email
  if (!email) throw new Error(`no demo login of the role ${role}`)
  const context = await browser.newContext({
    baseURL: url,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: size,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/admin/login')
  await page.fill('#email', email)
  await page.fill('#password', demoPassword)
  await page.press('#password', 'Enter')
  await page.waitForURL((address) => !address.pathname.endsWith('/admin/login'))
  return page
}

/** The address of the first record of the list on the screen. */
const firstRecord = (page: Page): Promise<string | null> =>
  page.locator('main a[href*="/records/"]').first().getAttribute('href', { timeout: 10_000 })

async function take(page: Page, { name, path, opens }: Shot, folder: string, width: number): Promise<void> {
  await page.goto(path)
  await settled(page)
  if (opens) {
    const record = await firstRecord(page)
    if (!record) throw new Error(`no record to open at ${path}`)
    await page.goto(record)
    await settled(page)
  }
  await page.screenshot({ path: join(folder, `${name}-${width}.png`), animations: 'disabled' })
}

async function takeAll(
  browser: Browser,
  url: string,
  folder: string,
  wanted: readonly Shot[],
): Promise<void> {
  for (const size of widths) {
    const visitor = await browser.newPage({ baseURL: url, locale: 'ru-RU', viewport: size })
    await visitor.goto('/admin/login')
    await settled(visitor)
    await visitor.screenshot({ path: join(folder, `sign-in-${size.width}.png`) })
    await visitor.context().close()
    for (const role of new Set(wanted.map((shot) => shot.role ?? 'operator'))) {
      const page = await signedIn(browser, url, role, size)
      for (const shot of wanted.filter((one) => (one.role ?? 'operator') === role)) {
        await take(page, shot, folder, size.width)
        console.log(`${shot.name}-${size.width}.png`)
      }
      await page.context().close()
    }
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } })
const chosen = values.only?.split(',')
const folder = resolve(values.out ?? 'docs/screens')
await mkdir(folder, { recursive: true })
const office = await startOffice()
const browser = await chromium.launch({
  executablePath: await browserPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
})
try {
  await takeAll(
    browser,
    office.url,
    folder,
    chosen ? shots.filter(({ name }) => chosen.includes(name)) : shots,
  )
} finally {
  await browser.close()
  await office.stop()
}
