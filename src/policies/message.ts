/** A message is read with its thread: whoever may not open the thread knows nothing of it. */
import { Message } from '../models/message.ts'
import { definePolicy } from './define-policy.ts'

export const messagePolicy = definePolicy(Message, {
  scope: (actor) => (actor.role === 'system' ? {} : null),
  hidden: ['key'],
  verbs: {},
  client: { scope: () => null, columns: ['id', 'threadId', 'side', 'body', 'sentAt'], verbs: {} },
})
