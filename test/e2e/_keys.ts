/** A person with a keyboard alone: every key pressed, and after each of them the question where the focus is. */
import type { Page } from 'playwright-core'

/** What is wrong with the focus now, or null: it must be on something, in the window, uncovered and marked. */
function focusFault(): string | null {
  const here = document.activeElement
  if (!(here instanceof HTMLElement) || here === document.body) return 'the focus is nowhere'
  const name = `${here.tagName.toLowerCase()}.${here.className} «${(here.getAttribute('aria-label') ?? here.textContent ?? '').trim().slice(0, 40)}»`
  const { left, top, right, bottom } = here.getBoundingClientRect()
  const [x, y] = [Math.max(left, 0), Math.max(top, 0)]
  const [width, height] = [Math.min(right, innerWidth) - x, Math.min(bottom, innerHeight) - y]
  if (width <= 0 || height <= 0) return `${name} is out of sight`
  const shares = [0.1, 0.5, 0.9]
  const isUncovered = shares.some((across) =>
    shares.some((down) => {
      const top = document.elementFromPoint(x + width * across, y + height * down)
      return top !== null && (here.contains(top) || top.contains(here))
    }),
  )
  if (!isUncovered) return `${name} is covered`
  const isMarked = [here, here.parentElement].some((one) => {
    if (!one) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || (one !== here && boxShadow !== 'none')
  })
  return isMarked ? null : `${name} is not marked`
}

export class Keyboard {
  readonly faults: string[] = []
  private readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Presses and, once the screen has settled, says what is wrong with the focus. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key)
    await this.check(key)
  }

  type = (text: string): Promise<void> => this.page.keyboard.type(text)

  /** The focus may be on its way for a moment; never for longer. */
  async check(after: string): Promise<void> {
    let fault: string | null = null
    for (let waited = 0; waited < 2000; waited += 50) {
      fault = await this.page.evaluate(focusFault)
      if (fault === null) return
      await this.page.waitForTimeout(50)
    }
    this.faults.push(`after ${after} on ${new URL(this.page.url()).pathname}: ${fault}`)
  }

  /** Walks with Tab until the focus is on what the selector finds, and within a thing that says the words. */
  async reach(selector: string, words: { within?: string; text?: string } = {}, key = 'Tab'): Promise<void> {
    const isThere = ([wanted, within, text]: (string | undefined)[]) => {
      const here = document.activeElement
      if (!here?.matches(wanted ?? '')) return false
      const place = within ? here.closest(within) : here
      return Boolean(place && (!text || place.textContent?.includes(text)))
    }
    for (let steps = 0; steps < 250; steps += 1) {
      if (await this.page.evaluate(isThere, [selector, words.within, words.text])) return
      await this.press(key)
    }
    throw new Error(`the keyboard does not reach ${selector} ${JSON.stringify(words)}`)
  }
}
