/** The words and formats of the chosen language, bound to the reader's time zone. */

import { useTranslation } from 'adminjs'
import { useMemo } from 'react'
import { formatPhone } from '../../src/domain/phone-text.ts'
import type { CappedCount } from '../desk-types.ts'
import { useMe } from './adminjs-state.ts'
import {
  formatCount,
  formatDay,
  formatDayWords,
  formatDuration,
  formatExact,
  formatMoment,
  formatMoney,
  formatNumber,
  formatSize,
  formatSums,
  formatTime,
  formatToday,
  formatWait,
  sumText,
  type Language,
} from './format.ts'

export type Params = Record<string, string | number>
type Translate = (key: string | string[], options?: Record<string, unknown>) => string

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const useWords = () => {
  const { i18n } = useTranslation()
  const { timezone, side } = useMe()
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'ru'
  return useMemo(() => {
    const translate = i18n.t.bind(i18n) as unknown as Translate
    /** Text by key; numbers and days in params are written the way the language writes them, `count` also picks the plural. */
    const t = (key: string, params: Params = {}) => {
      const shown: Record<string, unknown> = {}
      for (const [name, value] of Object.entries(params)) {
        shown[name] =
          typeof value === 'number' && name !== 'count'
            ? formatNumber(value, language)
            : DAY.test(String(value))
              ? formatDay(String(value), language)
              : value
      }
      if (typeof params['count'] === 'number' && params['number'] === undefined)
        shown['number'] = formatNumber(params['count'], language, 0)
      // A value nobody gave leaves nothing behind, not even its quotation marks.
      return translate(key, shown)
        .replaceAll(/:?\s*(?:№\s*)?\{\{\w+\}\}/g, '')
        .replaceAll(/\s*(«»|“”)/g, '')
    }
    const has = (key: string) => i18n.exists(key)
    const either = (keys: string[], fallback: string, params: Params = {}) => {
      // Clients read the same things by words of their own, where there are any.
      const all = side === 'client' ? keys.flatMap((key) => [`cabinet.${key}`, key]) : keys
      const found = all.find(has)
      return found ? t(found, params) : fallback
    }
    const moments = {
      now: t('formats.now'),
      minutesAgo: (count: number) => t('formats.minutes_ago', { count }),
      inMinutes: (count: number) => t('formats.in_minutes', { count }),
      today: t('formats.today'),
      yesterday: t('formats.yesterday'),
      tomorrow: t('formats.tomorrow'),
    }
    return {
      language,
      timezone,
      t,
      has,
      either,
      property: (resourceId: string, name: string) =>
        either([`resources.${resourceId}.properties.${name}`, `properties.${name}`], name),
      value: (resourceId: string, property: string, value: string) =>
        either([`resources.${resourceId}.labels.${property}.${value}`, `labels.${property}.${value}`], value),
      action: (resourceId: string, name: string) =>
        either([`resources.${resourceId}.actions.${name}`, `actions.${name}`], name),
      resource: (resourceId: string) =>
        either([`labels.${resourceId}`, `resources.${resourceId}.labels.${resourceId}`], resourceId),
      /** A code of the business rules, or a whole key, as a sentence. */
      fault: (code: string, params: Params = {}) =>
        either([`errors.${code}`, `messages.${code}`, code], t('screens.failure.unknown'), params),
      number: (value: number, digits?: number) => formatNumber(value, language, digits),
      count: (value: CappedCount) => formatCount(value, language),
      sum: (minor: number) => sumText(minor, language),
      money: (minor: number, currency: string) => formatMoney(minor, currency, language),
      sums: (sums: { currency: string; minor: number }[]) => formatSums(sums, language),
      day: (value: string) => formatDay(value, language),
      dayWords: (value: string) => formatDayWords(value, language),
      moment: (at: string) => formatMoment(at, language, timezone, moments),
      exact: (at: string) => formatExact(at, language, timezone),
      time: (at: string) => formatTime(at, language, timezone),
      today: () => formatToday(language, timezone),
      duration: (milliseconds: number) => formatDuration(milliseconds, language),
      wait: (milliseconds: number) => formatWait(milliseconds, language),
      size: (bytes: number) => formatSize(bytes, language),
      phone: formatPhone,
    }
  }, [i18n, language, timezone, side])
}
export type Words = ReturnType<typeof useWords>
