/** The staff arrange a thread: who answers it, and whether there is anything left to say. */
import { DomainError } from '../../domain/errors.ts'
import { threadStates } from '../../domain/states/thread.ts'
import type { Thread } from '../../models/thread.ts'
import { authorise } from '../../policies/define-policy.ts'
import { colleaguesOf } from '../../queries/threads/colleagues.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { lockThread } from './reply-to-thread.ts'
import { refreshScreens } from './tell-of-thread.ts'

type Asked = Readonly<{ threadId: number }>

/** Null gives it back to everybody. @throws DomainError `reference-not-found` for who cannot answer this office's clients */
export const assignThread = operation(
  'thread.assign',
  async (context, { threadId, userId }: Asked & { userId: number | null }): Promise<Thread> => {
    const thread = await lockThread(context, threadId)
    authorise(context.actor, 'assign', thread)
    if (userId !== null && !(await colleaguesOf(thread)).some(({ id }) => id === userId))
      throw new DomainError('invalid', {}, { userId: { code: 'reference-not-found' } })
    await thread.update({ assigneeId: userId })
    await refreshScreens(thread)
    return thread
  },
)

export const closeThread = operation(
  'thread.close',
  async (context, { threadId }: Asked): Promise<Thread> => {
    const thread = await lockThread(context, threadId)
    authorise(context.actor, 'close', thread)
    await thread.update({ state: threadStates.next(thread.state, 'close'), waitingSince: null, lateAt: null })
    for (const kind of ['message-received', 'message-late'] as const)
      await settleNotifications('threads', [thread.id], context.now, { kind })
    await refreshScreens(thread)
    return thread
  },
)

export const reopenThread = operation(
  'thread.reopen',
  async (context, { threadId }: Asked): Promise<Thread> => {
    const thread = await lockThread(context, threadId)
    authorise(context.actor, 'reopen', thread)
    await thread.update({ state: threadStates.next(thread.state, 'reopen'), waitingSince: context.now })
    await refreshScreens(thread)
    return thread
  },
)
