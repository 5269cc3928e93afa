/** A condition of the list as a sentence: «Оплата: ноябрь 2026», «Состояние: Отказ, Ответа нет». */

import { useEffect, useState } from 'react'
import type { FilterField } from '../../view-types.ts'
import { readRecord } from '../desk-api.ts'
import { useWords, type Words } from '../use-words.ts'

export type Condition = { value?: string; from?: string; to?: string }

const boundOf = (words: Words, field: FilterField, value: string): string => {
  if (field.as === 'money') return words.number(Number(value) / 100, 2)
  if (field.as === 'number') return words.number(Number(value))
  if (field.as === 'percent') return `${words.number(Number(value))}\u00a0%`
  return words.day(value)
}

/** A range that is exactly one month reads as the month. */
const monthOf = (words: Words, from: string, to: string): string | null => {
  const [year = '', month = '', day] = from.split('-')
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (day !== '01' || to !== `${year}-${month}-${last}`) return null
  const name = new Date(`${from}T00:00:00Z`)
  return new Intl.DateTimeFormat(words.language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(name)
    .replace(/\s?г\.$/, '')
}

const textOf = (
  words: Words,
  resourceId: string,
  field: FilterField,
  { value, from, to }: Condition,
  titles: string[],
): string => {
  if (value === '~empty') return words.t('screens.filter.empty')
  if (value === '~filled') return words.t('screens.filter.filled')
  if (from && to) {
    if (from === to) return boundOf(words, field, from)
    const month = field.as === 'day' || field.as === 'instant' ? monthOf(words, from, to) : null
    return (
      month ??
      words.t('screens.filter.between', { from: boundOf(words, field, from), to: boundOf(words, field, to) })
    )
  }
  if (from) return words.t('screens.filter.from', { from: boundOf(words, field, from) })
  if (to) return words.t('screens.filter.to', { to: boundOf(words, field, to) })
  if (value === undefined) return ''
  switch (field.as) {
    case 'flag':
      return words.t(value === 'true' ? 'screens.yes' : 'screens.no')
    case 'state':
    case 'standing':
    case 'choice':
    case 'list':
      return value
        .split(',')
        .map((one) => words.value(resourceId, field.property, one))
        .join(', ')
    case 'reference':
      return titles.join(', ') || '…'
    case 'day':
    case 'instant':
    case 'money':
      return boundOf(words, field, value)
    default:
      return words.t('screens.filter.like', { text: value })
  }
}

export const useSentence = (resourceId: string, field: FilterField, condition: Condition): string => {
  const words = useWords()
  const [titles, setTitles] = useState<string[]>([])
  const ids =
    field.as === 'reference' && condition.value && !condition.value.startsWith('~') ? condition.value : ''
  useEffect(() => {
    const { reference } = field
    if (!ids || !reference) return
    let isStale = false
    void Promise.all(
      ids.split(',').map((id) =>
        readRecord(reference, id)
          .then(({ record }) => record?.title ?? id)
          .catch(() => id),
      ),
    ).then((found) => {
      if (!isStale) setTitles(found)
    })
    return () => {
      isStale = true
    }
  }, [ids])
  return `${words.property(resourceId, field.property)}: ${textOf(words, resourceId, field, condition, titles)}`
}
