/** Turns a letter into HTML and plain text; the only importer of Handlebars, which here tolerates no missing field. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import type { Language } from '../domain/language.ts'
import type { Letter } from './letter.ts'

export type Rendered = Readonly<{ subject: string; html: string; text: string }>

const folder = new URL('../../templates/mails/', import.meta.url)
const blocks = ['text', 'facts', 'lines', 'button', 'note'] as const

const read = (name: string) => readFileSync(fileURLToPath(new URL(name, folder)), 'utf8')

type Template = (data: unknown) => string

function compile(extension: 'hbs' | 'txt'): Template {
  const own = Handlebars.create()
  // Tones are colours: the palette stands beside the markup that uses it.
  own.registerHelper('ground', (tone: string) => grounds[tone]?.ground)
  own.registerHelper('ink', (tone: string) => grounds[tone]?.ink)
  const options: CompileOptions = { strict: true, noEscape: extension === 'txt' }
  for (const block of blocks)
    own.registerPartial(block, own.compile(read(`_blocks/${block}.${extension}`), options))
  return own.compile(read(`_layout.${extension}`), options)
}

// Tokens of the design: mail programs read neither style sheets nor variables.
const grounds: Record<string, { ground: string; ink: string }> = {
  quiet: { ground: '#f0f2f5', ink: '#475467' },
  warn: { ground: '#fdf0d9', ink: '#8a4b00' },
  fail: { ground: '#fce7e5', ink: '#a8201a' },
}

let compiled: { html: Template; text: Template } | undefined

/** @throws Error naming the field when the template asks for one the letter does not have. */
export function renderLetter(letter: Letter, language: Language): Rendered {
  compiled ??= { html: compile('hbs'), text: compile('txt') }
  const data = strict({ ...letter, language }, 'letter')
  return {
    subject: oneLine(letter.subject),
    html: compiled.html(data),
    text: `${compiled
      .text(data)
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  }
}

// A subject with a line break would be two headers.
const oneLine = (text: string) =>
  text.replaceAll(/\s+/g, (space) => (space === '\u00a0' ? space : ' ')).trim()

// Names Handlebars and JavaScript themselves ask any value for.
const asked = new Set(['toHTML', 'then', 'toJSON', 'constructor', 'valueOf', 'toString'])

/**
 * Handlebars' own strict mode is silent inside `{{#if}}` and about arguments of helpers; a proxy is not.
 * A known field may be null, an unknown one throws.
 */
function strict<T>(value: T, path: string): T {
  if (Array.isArray(value)) return value.map((item, index) => strict(item, `${path}[${index}]`)) as T
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, strict(field as unknown, `${path}.${name}`)]),
  )
  return new Proxy(fields, {
    get(target, name) {
      const field = Reflect.get(target, name) as unknown
      if (field !== undefined || typeof name === 'symbol' || asked.has(name)) return field
      throw new Error(`${path} has no field ${name}`)
    },
  }) as T
}
