/** Chromium for tests: people with windows of their own, and a list of everything a page complained about. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import test from 'ava'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { browserPath } from './prepare.ts'

export type Window = {
  page: Page
  context: BrowserContext
  /** What the page complained about so far: exceptions, console errors, broken policies, failed requests. */
  complaints: string[]
  /** Takes out the complaints a test provoked on purpose. */
  forgive: (pattern: RegExp) => void
}

export type WindowOptions = {
  language?: 'ru' | 'en'
  width?: number
  height?: number
  timezone?: string
}

export type TestBrowser = {
  open: (url: string, options?: WindowOptions) => Promise<Window>
}

/** Listens to everything a page may say; an answer of 401 to 422 is a refusal the screen is meant to show. */
function listen(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (fault) => complaints.push(`exception: ${fault.error().message}`))
  context.on('console', (message) => {
    if (message.type() !== 'error' && !/Content Security Policy/.test(message.text())) return
    complaints.push(`console: ${message.text()} ${message.location().url}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // Leaving a page ends its requests, and a download is taken over by the browser itself.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request: ${request.url()} ${reason}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer: ${response.status()} ${response.url()}`)
  })
}

/** One browser for the file; call once on the top level. Windows are closed with it. */
export function useBrowser(): TestBrowser {
  let launched: Promise<Browser> | undefined
  const launch = async () =>
    chromium.launch({
      executablePath: await browserPath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--in-process-gpu',
        '--disable-quic',
        '--font-render-hinting=none',
        // Short-lived pages on few cores: threads that compile and collect ahead cost more than they save.
        '--js-flags=--single-threaded',
      ],
    })
  test.after.always('the browser closes', async () => {
    await (await launched)?.close()
  })
  return {
    async open(url, { language = 'ru', width = 1440, height = 900, timezone = 'Europe/Moscow' } = {}) {
      launched ??= launch()
      const browser = await launched
      const context = await browser.newContext({
        baseURL: url,
        locale: language === 'ru' ? 'ru-RU' : 'en-GB',
        timezoneId: timezone,
        viewport: { width, height },
        reducedMotion: 'reduce',
        acceptDownloads: true,
      })
      context.setDefaultTimeout(180_000)
      const complaints: string[] = []
      listen(context, complaints)
      const page = await context.newPage()
      const forgive = (pattern: RegExp) => {
        const left = complaints.filter((complaint) => !pattern.test(complaint))
        complaints.splice(0, complaints.length, ...left)
      }
      return { page, context, complaints, forgive }
    },
  }
}

let axe: Promise<string> | undefined

/**
 * What axe-core finds wrong, one line a fault; empty when nothing. Contrast is most of the work: a screen whose colours
 * were looked at already may do without.
 */
export async function accessibilityFaults(page: Page, hasKnownColours = false): Promise<string[]> {
  axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Evaluated by the debugger, so no rule of the page about scripts needs an exception; once for each document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axe)
  const { violations } = await page.evaluate(
    (isKnown) =>
      (
        globalThis as unknown as { axe: { run: (node: Document, options: object) => Promise<AxeResults> } }
      ).axe.run(document, {
        resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled: !isKnown } },
      }),
    hasKnownColours,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  )
}
