/** A person hears what became of their papers or their letter, and both sides count anew. */
import { notifyDesk } from '../../db/notify-desk.ts'
import type { NotificationKind } from '../../queries/notifications/kinds.ts'
import { notify } from '../notifications/notify.ts'

type Subject = Readonly<{ id: number; userId: number; officeId: number; version: number }>

export async function tellPerson(
  kind: NotificationKind,
  { id, userId, officeId, version }: Subject,
  now: Date,
): Promise<void> {
  await notify({ kind, subjectId: id, occasion: version, officeId, recipients: [userId], now })
  await notifyDesk({ officeId, topic: 'counters' })
  await notifyDesk({ userId, topic: 'counters' })
}
