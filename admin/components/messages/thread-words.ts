/** What a thread is about and whose word it waits for, in words. */

import type { ThreadState, ThreadSubject } from '../../thread-types.ts'
import type { Tone } from '../../desk-types.ts'
import type { Words } from '../use-words.ts'

/** Blue is the reader's own move, violet the other side's. */
export const TONES: Record<'staff' | 'client', Record<ThreadState, Tone>> = {
  staff: { waiting_office: 'yours', waiting_client: 'theirs', closed: 'closed' },
  client: { waiting_office: 'theirs', waiting_client: 'yours', closed: 'closed' },
}

/** A record the reader may not see any more is called by its kind alone. */
export const subjectWords = (words: Words, { kind, number, sort }: ThreadSubject): string =>
  number === null
    ? words.either([`threads.subjects.${kind}_bare`, `threads.subjects.${kind}`], kind)
    : words.either([`threads.subjects.${kind}`], number, {
        number,
        sort: sort ? words.value('documents', 'kind', sort) : '',
      })
