/** Begins a thread about a record, from either side, with its first message. */
import { DomainError } from '../../domain/errors.ts'
import { threadStates } from '../../domain/states/thread.ts'
import { Thread } from '../../models/thread.ts'
import { sideOf } from '../../policies/actor.ts'
import { authorise } from '../../policies/define-policy.ts'
import { rows } from '../../queries/rows.ts'
import { findSubject } from '../../queries/threads/subjects.ts'
import { operation } from '../operation.ts'
import { personOf } from './person-of.ts'
import { sentAlready, writeMessage, type Written } from './write-message.ts'

const longestTitle = 200

type Opened = Written & Readonly<{ subject: { kind: string; id: number }; title: string }>

/**
 * Pressed twice it begins one thread.
 * @throws DomainError `not-found` for a record that does not exist for this actor, `invalid` without a title or a text
 */
export const openThread = operation(
  'thread.open',
  async (context, { subject, title, ...written }: Opened): Promise<Thread> => {
    const { actor, now } = context
    const authorId = personOf(actor)
    authorise(actor, 'open', Thread)
    // The second of two presses waits here for the first.
    await rows(`select pg_advisory_xact_lock(hashtextextended($key, 0))`, {
      key: `${authorId} ${written.key}`,
    })
    const earlier = await sentAlready(actor, written.key)
    if (earlier) return Thread.findByPk(earlier.threadId, { rejectOnEmpty: true })
    const place = await findSubject(actor, subject)
    if (!place) throw new DomainError('not-found')
    const name = title.trim().replaceAll(/\s+/g, ' ')
    if (name === '' || name.length > longestTitle)
      throw new DomainError('invalid', {}, { title: { code: name === '' ? 'required' : 'bad-value' } })
    const isClients = sideOf(actor) === 'client'
    const thread = await Thread.create({
      ...place,
      personId: isClients ? authorId : place.personId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      title: name,
      state: threadStates.initial,
      waitingSince: now,
      lastMessageAt: now,
    })
    await writeMessage(context, thread, { subject }, written)
    return thread
  },
)
