/** A person has read a thread up to a message; the other side sees the mark. */
import { DomainError } from '../../domain/errors.ts'
import { Message } from '../../models/message.ts'
import { Thread } from '../../models/thread.ts'
import { can } from '../../policies/define-policy.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'
import { operation } from '../operation.ts'
import { markRead } from './mark-read.ts'
import { personOf } from './person-of.ts'
import { refreshScreens } from './tell-of-thread.ts'

/** Not audited: it changes nothing of the thread. @throws DomainError `not-found` for what this person may not read */
export const readThread = operation(
  'thread.read',
  async ({ actor, now }, { threadId, messageId }: { threadId: number; messageId: number }) => {
    const userId = personOf(actor)
    const thread = await Thread.findByPk(threadId)
    const message = await Message.findOne({ where: { id: messageId, threadId } })
    if (!thread || !message || !can(actor, 'show', thread)) throw new DomainError('not-found')
    if (!(await markRead(thread, userId, message.id, now))) return
    await settleNotifications('threads', [threadId], now, { recipientId: userId })
    await refreshScreens(thread)
  },
)
