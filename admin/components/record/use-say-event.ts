/** A line of the history as a sentence: «Марина Ким выставила счёт 4412». */

import type { HistoryEntry } from '../../desk-types.ts'
import { useWords } from '../use-words.ts'
import { isFeminine } from './is-feminine.ts'

export const useSayEvent = () => {
  const words = useWords()
  return ({ operation, actor, params }: HistoryEntry): string => {
    // Jobs and message handlers sign with their code names, which mean nothing to a reader.
    const isSystem = actor === '' || /^[a-z]+([.-][a-z]+)*$/.test(actor)
    const name = isSystem ? words.t('screens.record.system') : actor
    // The past tense of Russian agrees with who acts.
    const isHer = isSystem || isFeminine(name)
    // A register has no name of its own but what it tells about.
    const isReport = params['subject'] === 'exports' || params['subject'] === 'report_schedules'
    const title = isReport ? words.value('exports', 'report', String(params['title'])) : params['title']
    const endings = { a: isHer ? 'а' : '', la: isHer ? 'ла' : '', as: isHer ? 'ась' : 'ся' }
    return words
      .either([`history.${operation}`], words.t('history.other', { actor: name, ...endings }), {
        ...params,
        ...(title !== undefined && { title }),
        actor: name,
        ...endings,
      })
      .trim()
  }
}
