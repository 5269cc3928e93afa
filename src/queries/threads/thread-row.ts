/** What a list and an open conversation both tell of a thread, as SQL over the alias `t`. */
import type { ThreadState, ThreadSubject } from '../../../admin/thread-types.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import type { Binds } from '../rows.ts'
import { subjectFacts } from './subjects.ts'

export type ThreadFacts = {
  id: number
  title: string
  state: ThreadState
  subject: ThreadSubject
  organisation: string | null
  person: string | null
  assignee: { id: number; name: string } | null
  waiting_since: Date | null
  isLate: boolean
}

/** Columns and joins; whose answer it is concerns the staff alone. */
export function threadFacts(actor: Actor): { columns: string; joins: string; bind: Binds } {
  const subject = subjectFacts(actor)
  const isStaff = sideOf(actor) === 'staff'
  return {
    columns: `t.id, t.title, t.state, ${subject.sql} as subject, coalesce(o.short_name, o.name) as organisation,
      nullif(concat_ws(' ', p.name, p.surname), '') as person, t.waiting_since,
      ${isStaff ? 't.late_at is not null' : 'false'} as "isLate",
      ${isStaff ? `case when a.id is not null then jsonb_build_object('id', a.id, 'name', concat_ws(' ', a.name, a.surname)) end` : 'null::jsonb'} as assignee`,
    joins: `left join organisations o on o.id = t.organisation_id left join users p on p.id = t.person_id
      left join users a on a.id = t.assignee_id`,
    bind: subject.bind,
  }
}

/** The side of messages this reader's own side has written. */
export const ownSide = (actor: Actor): 'office' | 'client' =>
  sideOf(actor) === 'client' ? 'client' : 'office'

/** SQL: of what a head may read, what is theirs to answer: their own threads, those of everybody, and where they have written. */
const isTheirs = `(t.person_id is null or t.person_id = $me
  or exists (select from messages w where w.thread_id = t.id and w.author_id = $me))`

/** SQL: whether the thread `t` holds something of the other side that `$me` has not read; binds `me` and `side`. */
const hasUnread = `exists (select from messages u where u.thread_id = t.id and u.side <> $side
  and u.id > coalesce((select r.read_to from thread_reads r where r.thread_id = t.id and r.user_id = $me), 0))`

/** The same of what a client has to look at. */
export const hasNewAnswer = `${isTheirs} and ${hasUnread}`
