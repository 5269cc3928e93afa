/** What a screen says in the other language, or in none: texts of the other locale file, keys nobody put into words. */
import type { Page } from 'playwright-core'
import { languages, type Language } from '../../src/domain/language.ts'
import { textsOf } from './words.ts'

/** Texts of a language, whole or with places to fill in, which the other language says otherwise. */
type Catalogue = Readonly<{ whole: ReadonlySet<string>; filled: readonly RegExp[] }>

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const PLACE = /\{\{[^}]*\}\}|\$t\([^)]*\)/

function catalogueOf(language: Language): Catalogue {
  const own = new Map([...textsOf(language)].filter(([key]) => key !== 'screens.frame.other_language'))
  const others = new Set(
    languages.filter((one) => one !== language).flatMap((one) => [...textsOf(one).values()]),
  )
  const texts = [...own.values()].filter(
    (text) => !others.has(text) && !['English', 'Русский'].includes(text),
  )
  const filled = texts
    .filter((text) => PLACE.test(text) && text.replaceAll(new RegExp(PLACE, 'g'), '').trim().length > 5)
    .map((text) => new RegExp(`^${text.split(new RegExp(PLACE, 'g')).map(escaped).join('.+')}$`))
  return { whole: new Set(texts.filter((text) => !PLACE.test(text))), filled }
}

const catalogues = new Map(languages.map((language) => [language, catalogueOf(language)]))
const areas = new Set([...textsOf('ru').keys()].map((key) => key.split('.')[0]))

/** Values of records that happen to be a word of a screen. */
const isData = (text: string): boolean => /^(certdesk|API|ISO)$/i.test(text)

const judged = new Map<string, boolean>()

function isForeign(text: string, language: Language): boolean {
  const key = `${language} ${text}`
  const known = judged.get(key)
  if (known !== undefined) return known
  const isKey = /^[a-z][\w-]*(\.[\w-]+)+$/i.test(text) && areas.has(text.split('.')[0] ?? '')
  const other = catalogues.get(language === 'ru' ? 'en' : 'ru')
  // What people write here is Russian, and much of it fits a Russian sentence with places to fill in.
  const mayFill = language === 'ru'
  const isOthers = Boolean(
    other?.whole.has(text) || (mayFill && other?.filled.some((pattern) => pattern.test(text))),
  )
  // A name of the program's own, or a value nobody put into words.
  const isCode = language === 'ru' && (/^[a-z]{3,}([._-][a-z]+)*$/.test(text) || text.startsWith('{"'))
  const found = !isData(text) && (isKey || isOthers || isCode)
  judged.set(key, found)
  return found
}

/** Everything a person reads or hears on the page as it stands. */
function textsOn(): string[] {
  const found: (string | null)[] = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement?.closest('script, style, [lang]:not(html)')) found.push(node.textContent)
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(one.getAttribute(name))
  return [...new Set(found.map((text) => text?.replaceAll(/\s+/g, ' ').trim() ?? '').filter(Boolean))]
}

/** What stands on the page and belongs to the other language. */
export async function foreignWords(page: Page): Promise<string[]> {
  const language = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'ru'
  const texts = await page.evaluate(textsOn)
  return texts.filter((text) => isForeign(text, language)).map((text) => `not ${language}: «${text}»`)
}
