/** A file of a message is reached through the thread of the message, a file of a draft by its writer. */
import { MessageFile } from '../models/message-file.ts'
import { definePolicy } from './define-policy.ts'

export const messageFilePolicy = definePolicy(MessageFile, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  verbs: {},
  client: { scope: () => null, columns: ['id', 'title'], verbs: {} },
})
