/** Who hears of a message: the other side by notifications, everybody concerned by their open screens. */
import { notifyDesk } from '../../db/notify-desk.ts'
import type { Message } from '../../models/message.ts'
import type { Thread } from '../../models/thread.ts'
import { peopleToAnswer } from '../../queries/threads/people-to-answer.ts'
import { notify } from '../notifications/notify.ts'
import { settleNotifications } from '../notifications/read-notifications.ts'

/** In the ambient transaction. A newer message takes the place of an older one nobody has looked at. */
export async function tellOfMessage(thread: Thread, message: Message, now: Date): Promise<void> {
  const isClients = message.side === 'client'
  const kind = isClients ? 'message-received' : 'message-answered'
  await settleNotifications('threads', [thread.id], now, { kind })
  if (!isClients) await settleNotifications('threads', [thread.id], now, { kind: 'message-late' })
  await notify({
    kind,
    subjectId: thread.id,
    occasion: message.id,
    officeId: thread.officeId,
    organisationId: thread.organisationId,
    now,
    ...(isClients ? { authorId: thread.assigneeId } : { recipients: await peopleToAnswer(thread) }),
  })
  await refreshScreens(thread)
}

/** The lists, the numbers and the open conversation of both sides look again. */
export async function refreshScreens({ officeId, organisationId, personId }: Thread): Promise<void> {
  await notifyDesk({ officeId, topic: 'counters' })
  if (organisationId !== null) await notifyDesk({ organisationId, topic: 'counters' })
  else await notifyDesk({ userId: personId, topic: 'counters' })
}
