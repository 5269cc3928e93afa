/** Finds rows of a table by a fragment of their name: the beginning first, then any words in any order. */
import type { Model, ModelStatic } from 'sequelize'
import type { Actor } from '../../policies/actor.ts'
import { planOf, rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { frequentForms, likeLiterally, shortestFragment, type Terms } from './read-terms.ts'

export type Named = { id: number; search_name: string }

/** How many rows holding the words are ranked. */
const candidates = 200
/** A word this frequent is met soon on a walk through the newest rows; the trigram index would list them all first. */
const frequent = 15_000
const walked = 8_000
const last = String.fromCodePoint(0x10ffff)
/** One or two characters must begin a word: only so does the trigram index know them, and read no row in vain. */
const beforeShortWords = [' ', '№', '-', '/', '(']

export type NameTable = Readonly<{
  model: ModelStatic<Model>
  /** Columns to read beside id and search_name, of the table alone. */
  columns: string
  /** Whether a legal form stands before the name proper. */
  hasForms: boolean
}>

/** At most `limit` rows, best first: the name begins so, its proper part begins so, each word begins a word, the rest. */
export async function findByName<Row extends Named>(
  actor: Actor,
  table: NameTable,
  terms: Terms,
  limit: number,
): Promise<Row[]> {
  const found = await beginning<Row>(actor, table, terms, limit)
  if (found.length >= limit || !terms.words.some((word) => word.length >= shortestFragment)) return found
  const known = new Set(found.map(({ id }) => id))
  const others = (await holding<Row>(actor, table, terms)).filter(({ id }) => !known.has(id))
  others.sort((one, other) => rank(one, terms) - rank(other, terms) || other.id - one.id)
  return [...found, ...others].slice(0, limit)
}

async function beginning<Row extends Named>(
  actor: Actor,
  { model, columns, hasForms }: NameTable,
  terms: Terms,
  limit: number,
): Promise<Row[]> {
  const scope = visible(actor, model, 't')
  const texts = [...new Set([terms.text, ...orders(terms.words)])]
  const starts = hasForms
    ? texts.flatMap((text) => [text, ...frequentForms.map((form) => `${form} ${text}`)])
    : texts
  // Byte order, as the index has it; a range of its own for each beginning, all found by one descent each.
  return rows<Row>(
    `select found.* from unnest($starts::text[]) with ordinality as start (text, place)
     cross join lateral (
       select t.id, t.search_name, ${columns} from ${model.tableName} t
       where ${scope.sql} and t.deleted_at is null
         and left(t.search_name, 100) ~>=~ start.text and left(t.search_name, 100) ~<~ (start.text || $last)
       order by left(t.search_name, 100) using ~<~ limit $limit) as found
     order by start.place, found.search_name limit $limit`,
    { ...scope.bind, starts, last, limit },
  )
}

/** «Дмитрий Иванов» and «Иванов Дмитрий» are one person: two or three words in each order. */
function orders(words: readonly string[]): string[] {
  if (words.length < 2 || words.length > 3) return []
  return words.flatMap((first) => {
    const rest = words.filter((word) => word !== first)
    return [rest, rest.toReversed()].map((others) => [first, ...others].join(' '))
  })
}

async function holding<Row extends Named>(
  actor: Actor,
  { model, columns }: NameTable,
  terms: Terms,
): Promise<Row[]> {
  const scope = visible(actor, model, 't')
  const bind: Record<string, unknown> = { ...scope.bind, candidates }
  const words = terms.words.map((word, at) => {
    const marks = word.length < shortestFragment ? beforeShortWords : ['']
    const ways = marks.map((mark, place) => {
      bind[`word${at}_${place}`] = `%${mark}${likeLiterally(word)}%`
      return `t.search_name like $word${at}_${place}`
    })
    return `(${ways.join(' or ')})`
  })
  const where = `${scope.sql} and t.deleted_at is null`
  const asked = `select t.id, t.search_name, ${columns} from ${model.tableName} t where ${where} and ${words.join(' and ')}`
  const { candidates: _, ...needed } = bind
  const plan = await planOf(asked, needed)
  if (plan['Plan Rows'] < frequent) return rows<Row>(`${asked} limit $candidates`, bind)
  const met = await rows<Row>(
    `select * from (
       select t.id, t.search_name, ${columns} from ${model.tableName} t where ${where}
       order by ${scope.sql === 'true' ? '' : 't.office_id desc, '}t.id desc limit $walked) as t
     where ${words.join(' and ')} limit $candidates`,
    { ...bind, walked },
  )
  // Frequent in the table, and yet unknown to this office or only to its older rows.
  return met.length > 0 ? met : rows<Row>(`${asked} limit $candidates`, bind)
}

/** Lower is better; length breaks ties, for the shorter name is closer to what was typed. */
function rank({ search_name: name }: Named, { text, words, forms }: Terms): number {
  const inside = words.filter((word) => !` ${name}`.includes(` ${word}`)).length
  const otherForms = forms.filter((form) => !name.startsWith(`${form} `)).length
  const scattered = name.includes(text) ? 0 : 1
  return inside * 10_000 + otherForms * 5_000 + scattered * 2_000 + Math.min(name.length, 1_000)
}
