/** A cron schedule as one says it: «каждые 5 минут», «ежедневно 09:00»; a rarer one stays as it is. */

import type { Words } from '../use-words.ts'

export const scheduleWords = (words: Words, schedule: string): string => {
  const [minute, hour, day, month, weekday] = schedule.split(' ')
  if (weekday === undefined || month !== '*') return schedule
  const at = `${(hour ?? '').padStart(2, '0')}:${(minute ?? '').padStart(2, '0')}`
  const isDaily = /^\d+$/.test(minute ?? '') && /^\d+$/.test(hour ?? '')
  if (minute === '*' && hour === '*') return words.t('jobs.every_minute')
  const every = /^\*\/(\d+)$/.exec(minute ?? '')?.[1]
  if (every && hour === '*') return words.t('jobs.every_minutes', { count: Number(every) })
  if (hour === '*' && /^\d+$/.test(minute ?? ''))
    return words.t('jobs.every_hour', { at: `:${minute?.padStart(2, '0')}` })
  if (!isDaily) return schedule
  if (day === '*' && weekday === '*') return words.t('jobs.daily', { at })
  if (day === '*' && weekday === '1-5') return words.t('jobs.weekdays', { at })
  if (weekday === '*' && /^\d+$/.test(day ?? '')) return words.t('jobs.monthly', { at, day: day ?? '' })
  return schedule
}
