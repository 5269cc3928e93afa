/** The values of a queue item as its sentence wants them: sums with their sign, days in words, reasons instead of codes. */

import type { QueueItem } from '../../desk-types.ts'
import type { Params, Words } from '../use-words.ts'

export const queueParams = (words: Words, { params }: QueueItem): Params => {
  const { totalMinor, currency, on, code, reason, count, topic, report, days } = params
  const told = typeof reason === 'string' && reason !== code ? reason : ''
  return {
    ...params,
    ...(typeof totalMinor === 'number' && { sum: words.money(totalMinor, String(currency ?? 'RUB')) }),
    ...(typeof on === 'string' && { on: words.dayWords(on) }),
    ...(typeof count === 'number' && { lines: words.t('queue.lines', { count }) }),
    ...(typeof days === 'number' && { count: days, days: words.t('queue.days', { count: days }) }),
    reason: told || (code ? words.either([`errors.${code}`], '') : ''),
    ...(typeof topic === 'string' && {
      job: words.either([`jobs.topics.${topic.replaceAll('.', '_')}`], topic),
    }),
    ...(typeof report === 'string' && { report: words.value('exports', 'report', report) }),
  }
}
