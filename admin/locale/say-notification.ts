/** A notification as a sentence: the same words in the bell, in a letter and in the digest. */
import type { Language } from '../../src/domain/language.ts'
import { formatMoney, formatQuantity, type Currency } from '../../src/domain/money.ts'
import { hasText, namesIn, translate } from './index.ts'

type Params = Readonly<Record<string, string | number>>

export type Sentence = Readonly<{ title: string; detail: string }>

/** `params` is null for a reader who may not see the subject any more: then only the kind is told. */
export function sayNotification(
  language: Language,
  { kind, params }: { kind: string; params: Params | null },
): Sentence {
  const key = `notifications.kinds.${kind}`
  if (params === null)
    return { title: translate(language, `${key}.name`), detail: translate(language, 'notifications.gone') }
  const filled = filling(language, params)
  return {
    title: tidy(translate(language, `${key}.title`, filled)),
    detail: tidy(translate(language, `${key}.detail`, filled)),
  }
}

// Numbers, counts and names of programs; whatever people wrote or are called is read behind the door.
const impersonal = new Set(['number', 'many', 'count', 'failed', 'sum', 'report', 'job'])

/** For a phone that lies on a table: the title where it names nobody and quotes nothing, else the kind alone. */
export function sayBriefly(
  language: Language,
  { kind, params }: { kind: string; params: Params | null },
): string {
  const key = `notifications.kinds.${kind}`
  const isPersonal = namesIn(language, `${key}.title`, params ?? {}).some((name) => !impersonal.has(name))
  return isPersonal ? translate(language, `${key}.name`) : sayNotification(language, { kind, params }).title
}

/** Sums with their sign, counts in words, reasons instead of codes. */
function filling(language: Language, params: Params): Params {
  const { totalMinor, currency, lines, count, rows, code, reason, report } = params
  const number = (value: number) => formatQuantity(String(value), language)
  const said = (key: string) => (hasText(language, key) ? translate(language, key) : '')
  return {
    ...params,
    ...(typeof totalMinor === 'number' && { sum: formatMoney(totalMinor, currency as Currency, language) }),
    ...(typeof count === 'number' && { many: number(count) }),
    ...(typeof rows === 'number' && { rows: number(rows) }),
    ...(typeof lines === 'number' && {
      lines: translate(language, 'notifications.lines', { count: lines, many: number(lines) }),
    }),
    ...(typeof report === 'string' && { report: said(`resources.exports.labels.report.${report}`) }),
    reason: reason || (code ? said(`errors.${code}`) : ''),
  }
}

/** A value nobody gave leaves neither a separator nor quotation marks behind. */
const tidy = (text: string): string =>
  text
    .replaceAll(/\s*(«»|“”)/g, '')
    .replaceAll(/( · )+/g, ' · ')
    .replaceAll(/^ ?· | · ?$/g, '')
    .trim()
