/** Where a draft stands: in a thread, or before one about a record. */
import { DomainError } from '../../domain/errors.ts'
import { Thread } from '../../models/thread.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, can } from '../../policies/define-policy.ts'
import { findSubject } from '../../queries/threads/subjects.ts'

export type DraftPlace =
  | Readonly<{ threadId: number }>
  | Readonly<{ subject: Readonly<{ kind: string; id: number }> }>

/** The columns that say whose draft it is and where. */
export const draftWhere = (userId: number, place: DraftPlace) =>
  'threadId' in place
    ? { userId, threadId: place.threadId, subjectKind: null, subjectId: null }
    : { userId, threadId: null, subjectKind: place.subject.kind, subjectId: place.subject.id }

/**
 * To whom the files of a draft there belong.
 * @throws DomainError `not-found` for a thread or a record that does not exist for this actor, `forbidden` for who may not write
 */
export async function authoriseDraft(
  actor: Actor,
  place: DraftPlace,
): Promise<{ officeId: number; organisationId: number | null }> {
  if ('threadId' in place) {
    const thread = await Thread.findByPk(place.threadId)
    if (!thread || !can(actor, 'show', thread)) throw new DomainError('not-found')
    authorise(actor, 'reply', thread)
    return thread
  }
  authorise(actor, 'open', Thread)
  const found = await findSubject(actor, place.subject)
  if (!found) throw new DomainError('not-found')
  return found
}
