/** A draft is its writer's alone, on either side. */
import { MessageDraft } from '../models/message-draft.ts'
import type { Actor } from './actor.ts'
import { definePolicy } from './define-policy.ts'

const people = ({ kind }: { kind: string }): boolean => kind === 'user'

const own = ({ kind, id }: Actor) => (kind === 'user' && id !== null ? { userId: id } : null)
const verbs = { show: people, edit: people }

export const messageDraftPolicy = definePolicy(MessageDraft, {
  scope: own,
  verbs,
  client: { scope: own, columns: ['id', 'threadId', 'subjectKind', 'subjectId', 'title', 'body'], verbs },
})
