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
    const endings = { a: isHer ? 'а' : '', la: isHer ? 'ла' : '', as: isHer ? 'ась' : 'ся' }
    return words
      .either([`history.${operation}`], words.t('history.other', { actor: name, ...endings }), {
        ...params,
        actor: name,
        ...endings,
      })
      .trim()
  }
}
