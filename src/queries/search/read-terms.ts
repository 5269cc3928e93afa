/** What a person typed into the search box, taken apart once for all groups. */
import { series, type Series } from '../../domain/document-number.ts'
import { normaliseName } from '../../domain/normalise-name.ts'

export type Terms = Readonly<{
  /** As typed, trimmed. */
  typed: string
  /** The search form: lower case, е for ё, no quotes. */
  text: string
  /** Words of the text worth looking for; legal forms only when there is nothing else. */
  words: readonly string[]
  /** The legal forms among them that were left out: «ООО» is a wish, not a condition. */
  forms: readonly string[]
  /** All digits of what was typed, when nothing else but separators was: ИНН, phone, a bare number. */
  digits: string | null
  /** A phone as its national part, the way any formatting ends. */
  phone: string | null
  /** What may be a document's number: without «№» and the noun before it, in lower case. Null without a digit. */
  number: string | null
}>

const mostCharacters = 100
const mostWords = 6
/** A trigram index can look for nothing shorter. */
export const shortestFragment = 3

const legalForms = new Set([
  'ооо',
  'оао',
  'зао',
  'пао',
  'ао',
  'нао',
  'ип',
  'тоо',
  'одо',
  'уп',
  'чуп',
  'гуп',
  'муп',
  'фгуп',
  'фгбу',
  'ано',
  'кх',
  'тдо',
])

/** Names are stored with their legal form in front, so the beginning of the name proper follows one of these. */
export const frequentForms = ['ооо', 'ао', 'пао', 'зао', 'оао', 'ип', 'тоо', 'одо', 'ано']

const nouns =
  /^(?:сч[её]т|акт|запрос|договор|оферта|лицензия|заявка|заказ|упд|сф|invoice|act|request|contract|order|licence)(?=[\s№#])/u
const numberSign = /^\s*(?:№|#|n°|no\.)\s*/iu
const onlyCode = /^[\d\s+()./\-–—№#]+$/u

/** Latin letters that look like the Cyrillic ones of our series: typed with the wrong keyboard, read by nobody. */
const lookalikes: Record<string, string> = { a: 'а', c: 'с', k: 'к', t: 'т', y: 'у' }
const prefixes = (Object.keys(series) as Series[]).map((key) => series[key].toLowerCase())

/** @returns null when there is too little to look for */
export function readTerms(query: string): Terms | null {
  const typed = query.trim().replace(/\s+/g, ' ').slice(0, mostCharacters)
  const text = normaliseName(typed)
  if (text.length < 2) return null
  const digits = onlyCode.test(typed) ? typed.replace(/\D/g, '') : null
  if (digits === '') return null
  const all = [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
  const telling = all.filter((word) => !legalForms.has(word))
  const words = (telling.length > 0 ? telling : all).slice(0, mostWords)
  const forms = all.filter((word) => legalForms.has(word) && !words.includes(word))
  return { typed, text, words, forms, digits, phone: phoneOf(typed), number: numberOf(text) }
}

function phoneOf(typed: string): string | null {
  if (!/^\+?[\d\s().\-–—]+$/u.test(typed)) return null
  const digits = typed.replace(/\D/g, '')
  if (digits.length < 5 || digits.length > 15) return null
  return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
}

function numberOf(text: string): string | null {
  const bare = text.replace(nouns, '').replace(numberSign, '').trim()
  if (!/\d/.test(bare)) return null
  const letters = /^[^\d-]+/.exec(bare)?.[0] ?? ''
  const cyrillic = letters.replace(/[ackty]/g, (letter) => lookalikes[letter] ?? letter)
  return prefixes.includes(cyrillic) ? cyrillic + bare.slice(letters.length) : bare
}

/** A fragment for LIKE, its own wildcards meaning themselves. */
export const likeLiterally = (fragment: string): string => fragment.replace(/[\\%_]/g, (sign) => `\\${sign}`)
