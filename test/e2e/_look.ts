/** What is wrong with a screen as it stands: for assistive programs, for a thumb, for a narrow window, for a busy operator. */
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../_support/browser.ts'
import { foreignWords } from '../_support/foreign-words.ts'
import { settled } from '../_support/page-steps.ts'

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }
/** The widest window that is still treated as a phone, and the narrowest phone. */
const narrow = [768, 320]
/** What a thumb must hit (WCAG 2.5.5), and how many rows an operator sees at once. */
const thumb = 44
const rowsSeen = 17

export type Look = 'desk' | 'phone'

/** The page is wider than the window, or something sticks out of it that nothing scrolls. */
function sideways(): string[] {
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) {
    const widest = [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => `${one.tagName.toLowerCase()}.${String(one.className)}`)
    return [
      `scrolls sideways by ${scrollWidth - innerWidth} px at ${innerWidth}: ${widest.slice(0, 4).join(' ')}`,
    ]
  }
  return []
}

/** Words that stand out of the card, the bar or the dialog they belong to, or are cut off by its edge. */
function outOfCards(): string[] {
  const places = '.cd-card, .cd-bar, .card, [role=dialog], main'
  const range = document.createRange()
  const found: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { parentElement, textContent } = texts.currentNode
    const place = parentElement?.closest(places)
    if (!place || !textContent?.trim() || !parentElement?.checkVisibility()) continue
    range.selectNodeContents(texts.currentNode)
    const over = range.getBoundingClientRect().right - place.getBoundingClientRect().right
    if (over <= 1) continue
    let between: Element | null = parentElement
    while (between && between !== place && getComputedStyle(between).overflowX === 'visible')
      between = between.parentElement
    if (between === place)
      found.push(`«${textContent.trim().slice(0, 40)}» is ${Math.round(over)} px outside at ${innerWidth}`)
  }
  return found
}

/** The page can be scrolled past its end, into nothing: something hidden stands there that its list does not hold. */
export function pastItsEnd(): string[] {
  const ends = [...document.querySelectorAll('body, .cd-app')].map(
    (one) => one.getBoundingClientRect().bottom + scrollY,
  )
  const nothing = document.documentElement.scrollHeight - Math.ceil(Math.max(innerHeight, ...ends))
  return nothing > 1 ? [`scrolls ${nothing} px past its end at ${innerWidth}`] : []
}

/** An entry of the navigation that does not fit its line: its words end in dots, or its number is out of sight. */
function squeezed(): string[] {
  return [
    ...document.querySelectorAll<HTMLElement>(
      '.cd-app:not(.cd-app-folded) :is(.cd-side-link, .cd-side-text)',
    ),
  ]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth)
    .map(({ innerText }) => `«${innerText}» does not fit the navigation`)
}

/** Buttons and fields a thumb would miss, borders not counted. Links inside text are text, and so are the signs in it that copy. */
function small(least: number): string[] {
  const kinds = [
    'button:not(.cd-copy, .cd-button-link)',
    'summary',
    'a[class*=button]',
    'a.btn',
    'select',
    'input:not([type=checkbox],[type=radio],[type=hidden])',
  ]
  const places = ['main', '.cd-bar', '[role=dialog]', '.cd-action-bar', '.card']
  const targets = document.querySelectorAll<HTMLElement>(`:is(${places.join()}) :is(${kinds.join()})`)
  return [...targets].flatMap((target) => {
    const { width, height } = target.getBoundingClientRect()
    const isSeen = target.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1
    if (!isSeen || (height >= least - 2.5 && width >= least - 2.5)) return []
    const name = target.getAttribute('aria-label') ?? target.textContent?.trim().slice(0, 40)
    return [
      `${Math.round(width)} × ${Math.round(height)} px: ${target.tagName.toLowerCase()}.${target.className} «${name}»`,
    ]
  })
}

/** What lies over the screen and is cut off by what it stands in, or lies under something else. */
function covered(): string[] {
  const edge = 14
  return [...document.querySelectorAll('.cd-pop, [role=listbox]')].flatMap((panel) => {
    const { top, right, bottom, left } = panel.getBoundingClientRect()
    // The box of what is found stands empty until somebody types.
    if (!panel.checkVisibility() || top === bottom) return []
    const hidden = [left + edge, right - edge]
      .flatMap((x) => [top + edge, bottom - edge].map((y) => [x, y] as const))
      .filter(([x, y]) => !panel.contains(document.elementFromPoint(x, y)))
    return hidden.length === 0
      ? []
      : [`${hidden.length} corners of «${panel.textContent.trim().slice(0, 40)}» are hidden`]
  })
}

/** How many rows of a full list would stand between its heading and its pager, or the bar of actions over that. */
function rowsFitting(): number | null {
  const card = document.querySelector('.cd-list-card')
  const rows = [...(card?.querySelectorAll('tbody tr[data-id]') ?? [])]
  const main = document.querySelector('main')
  if (!card || !main || rows.length === 0) return null
  const row = Math.max(...rows.map((one) => one.getBoundingClientRect().height))
  const head = card.querySelector('thead')?.getBoundingClientRect().bottom ?? 0
  const pager = card.querySelector('.cd-pager')?.getBoundingClientRect().height ?? 0
  const bar = document.querySelector('.cd-action-bar')?.getBoundingClientRect().top ?? innerHeight
  const { maxHeight, paddingBottom } = getComputedStyle(main)
  const bottom = main.getBoundingClientRect().top + parseFloat(maxHeight) - parseFloat(paddingBottom)
  return Math.floor((Math.min(bottom - pager, bar) - head) / row)
}

/** A window of the size, laid out anew. */
async function resize(page: Page, size: typeof desk): Promise<void> {
  await page.setViewportSize(size)
  await page.waitForFunction((width) => innerWidth === width, size.width)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** What does not keep to its place in windows of every width, from a desk to the narrowest phone. */
export async function misplaced(page: Page): Promise<string[]> {
  const faults: string[] = []
  await settled(page)
  for (const width of [1440, 1024, phone.width, 320]) {
    await resize(page, { width, height: phone.height })
    for (const check of [sideways, outOfCards]) faults.push(...(await page.evaluate(check)))
  }
  await resize(page, desk)
  return faults
}

/** Everything wrong with what is on the screen now, in the given looks; the window is left as wide as a desk. */
export async function look(page: Page, looks: readonly Look[]): Promise<string[]> {
  const faults: string[] = []
  await settled(page)
  faults.push(...(await foreignWords(page)))
  if (await page.locator('main [role=alert] .cd-empty').count()) faults.push('could not be shown')
  if (looks.includes('desk')) {
    for (const check of [covered, pastItsEnd, squeezed]) faults.push(...(await page.evaluate(check)))
    faults.push(...(await accessibilityFaults(page)))
    const isList = /\/resources\/[^/]+$/.test(new URL(page.url()).pathname)
    const fitting = isList ? await page.evaluate(rowsFitting) : null
    if (fitting !== null && fitting < rowsSeen) faults.push(`only ${fitting} rows at 1440 × 900`)
  }
  if (!looks.includes('phone')) return faults
  for (const width of narrow) {
    await resize(page, { width, height: phone.height })
    faults.push(...(await page.evaluate(sideways)))
  }
  await resize(page, phone)
  faults.push(...(await page.evaluate(sideways)), ...(await page.evaluate(small, thumb)))
  faults.push(...(await page.evaluate(covered)), ...(await page.evaluate(pastItsEnd)))
  // Both languages are the same parts, and both widths have the same colours: those of the desk were looked at.
  if (looks.includes('desk'))
    faults.push(...(await accessibilityFaults(page, true)).map((fault) => `${fault} at 390 px`))
  await resize(page, desk)
  return faults
}

/** The first place of each fault, so that one defect of the frame is told once. */
export class Findings {
  private readonly places = new Map<string, string>()
  add(place: string, faults: readonly string[]): void {
    for (const fault of faults) if (!this.places.has(fault)) this.places.set(fault, place)
  }
  told = (): string[] => [...this.places].map(([fault, place]) => `${place}: ${fault}`)
}
