/** Who may see a notification: the one it is for, and nobody else. */
import { Notification } from '../models/notification.ts'
import type { Actor } from './actor.ts'
import { definePolicy } from './define-policy.ts'

const people = ({ kind }: { kind: string }): boolean => kind === 'user'

const own = ({ kind, id }: Actor) => (kind === 'user' && id !== null ? { recipientId: id } : null)
const verbs = { list: people, read: people, choose: people }

export const notificationPolicy = definePolicy(Notification, {
  scope: (actor) => (actor.role === 'system' ? {} : own(actor)),
  verbs,
  // Told as sentences by the bell, never as rows: no column is named.
  client: { scope: own, columns: [], verbs },
})
