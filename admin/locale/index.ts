/** Every word of the back office: the files of each language merged into one tree, and a way to read it on the server. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { languages, type Language } from '../../src/domain/language.ts'

export type Words = { [key: string]: string | Words }

const folder = dirname(fileURLToPath(import.meta.url))
// These two hold AdminJS's own groups (`actions`, `buttons`, `labels`, …), which stand at the root of the tree.
const atRoot = new Set(['common', 'adminjs'])

const readWords = (path: string): Words => JSON.parse(readFileSync(path, 'utf8')) as Words

function merge(into: Words, from: Words): Words {
  for (const [key, value] of Object.entries(from)) {
    const known = into[key]
    into[key] = typeof value === 'object' && typeof known === 'object' ? merge({ ...known }, value) : value
  }
  return into
}

/** `errors.json` holds what is under `errors`, `resources/mails.json` what is under `resources.mails`. */
function wordsOf(language: Language): Words {
  const words: Words = {}
  const top = join(folder, language)
  for (const entry of readdirSync(top, { withFileTypes: true }).sort((a, b) =>
    a.name.localeCompare(b.name),
  )) {
    if (entry.isDirectory()) {
      const inner = readdirSync(join(top, entry.name)).filter((file) => file.endsWith('.json'))
      for (const file of inner) {
        const own = { [file.slice(0, -5)]: readWords(join(top, entry.name, file)) }
        merge(words, { [entry.name]: own })
      }
    } else if (entry.name.endsWith('.json')) {
      const area = entry.name.slice(0, -5)
      const content = readWords(join(top, entry.name))
      merge(words, atRoot.has(area) ? content : { [area]: content })
    }
  }
  return words
}

/** Language → words; read once, at start. */
export const locale = Object.fromEntries(
  languages.map((language) => [language, wordsOf(language)]),
) as Record<Language, Words>

const lookUp = (words: Words, key: string): string | undefined => {
  let found: string | Words | undefined = words
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  return typeof found === 'string' ? found : undefined
}

/** Whether a text stands under the key. */
export const hasText = (language: Language, key: string): boolean =>
  lookUp(locale[language], key) !== undefined

type Filling = Readonly<Record<string, string | number>>

const blank = /\{\{\s*(\w+)\s*\}\}/g

function textOf(language: Language, key: string, { count }: Filling): string {
  const words = locale[language]
  const form = typeof count === 'number' ? `${key}_${new Intl.PluralRules(language).select(count)}` : key
  const text = lookUp(words, form) ?? lookUp(words, key)
  if (text === undefined) throw new Error(`no text for ${key} in ${language}`)
  return text
}

/** What the sentence is filled with. @throws Error for a key nobody wrote */
export const namesIn = (language: Language, key: string, params: Filling = {}): string[] =>
  [...textOf(language, key, params).matchAll(blank)].map(([, name = '']) => name)

/**
 * A sentence of the back office on the server. `count` picks the plural by the key's suffix (`_one`, `_few`, `_many`,
 * `_other`), as in the browser. @throws Error for a key nobody wrote.
 */
export const translate = (language: Language, key: string, params: Filling = {}): string =>
  textOf(language, key, params).replace(blank, (_, name: string) => String(params[name] ?? ''))
