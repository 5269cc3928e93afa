/** One more message in a thread: the client's brings it back to the office, also from the closed ones. */
import { DomainError } from '../../domain/errors.ts'
import type { Message } from '../../models/message.ts'
import { Thread } from '../../models/thread.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { operation, type Context } from '../operation.ts'
import { sentAlready, writeMessage, type Written } from './write-message.ts'

/** @throws DomainError `not-found` for a thread that does not exist for this actor */
export async function lockThread({ actor }: Context, threadId: number): Promise<Thread> {
  const thread = await Thread.findByPk(threadId, { lock: true })
  if (!thread || !can(actor, 'show', thread)) throw new DomainError('not-found')
  return thread
}

/** @throws DomainError `invalid` with `body`, `already-exists` for a key that was another message */
export const replyToThread = operation(
  'thread.reply',
  async (context, { threadId, ...written }: Written & { threadId: number }): Promise<Message> => {
    const thread = await lockThread(context, threadId)
    authorise(context.actor, 'reply', thread)
    const earlier = await sentAlready(context.actor, written.key)
    if (earlier && earlier.threadId !== threadId) throw new DomainError('already-exists')
    return earlier ?? writeMessage(context, thread, { threadId }, written)
  },
)
