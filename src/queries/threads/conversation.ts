/** One thread as its reader sees it: the messages, who has read them, what this person was typing and may do. */
import type { Conversation, ThreadMessage } from '../../../admin/thread-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { Thread } from '../../models/thread.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { can } from '../../policies/define-policy.ts'
import { row, rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { colleaguesOf } from './colleagues.ts'
import { draftOf, filesOf } from './draft-of.ts'
import { filledTemplates } from './filled-templates.ts'
import { ownSide, threadFacts, type ThreadFacts } from './thread-row.ts'

const atOnce = 50

type MessageRow = Omit<ThreadMessage, 'at'> & { at: Date }

/**
 * @param input.before id of the oldest message already shown
 * @throws DomainError `not-found` for a thread that does not exist for this actor
 */
export async function conversation(
  actor: Actor,
  { threadId, before }: { threadId: number; before?: number | undefined },
): Promise<Conversation> {
  if (!can(actor, 'show', Thread)) throw new DomainError('forbidden')
  const scope = visible(actor, Thread, 't')
  const facts = threadFacts(actor)
  const found = await row<
    ThreadFacts & {
      organisation_id: number | null
      office_id: number
      office: string
      first_name: string | null
    }
  >(
    `select ${facts.columns}, t.organisation_id, t.office_id, coalesce(f.short_name, f.name) as office,
       nullif(concat_ws(' ', p.name, p.patronymic), '') as first_name
     from threads t ${facts.joins} join organisations f on f.id = t.office_id where t.id = $threadId and ${scope.sql}`,
    { ...scope.bind, ...facts.bind, threadId },
  )
  const thread = found && (await Thread.findByPk(threadId))
  if (!found || !thread) throw new DomainError('not-found')
  const isStaff = sideOf(actor) === 'staff'
  const messages = await messagesOf(actor, threadId, before)
  const may = {
    reply: can(actor, 'reply', thread),
    assign: can(actor, 'assign', thread),
    close: can(actor, 'close', thread),
    reopen: can(actor, 'reopen', thread),
  }
  return {
    thread: {
      id: found.id,
      title: found.title,
      state: found.state,
      subject: found.subject,
      assignee: found.assignee,
      waitingSince: found.waiting_since?.toISOString() ?? null,
      isLate: found.isLate,
      client: {
        organisationId: found.organisation_id,
        name: found.organisation ?? found.person ?? '',
        person: found.person,
      },
      office: found.office,
    },
    messages: messages.slice(0, atOnce).toReversed(),
    hasOlder: messages.length > atOnce,
    reads: await readsOf(actor, threadId),
    draft: await draftOf(actor, { threadId }),
    may,
    colleagues: may.assign ? await colleaguesOf(thread) : [],
    templates:
      isStaff && may.reply
        ? await filledTemplates(actor, found.office_id, {
            name: found.first_name,
            organisation: found.organisation,
            number: found.subject.number,
          })
        : [],
  }
}

/** The newest first, one more than is shown. */
async function messagesOf(
  actor: Actor,
  threadId: number,
  before: number | undefined,
): Promise<ThreadMessage[]> {
  const found = await rows<MessageRow>(
    `select m.id, m.side, m.author_id = $me as "isMine", concat_ws(' ', w.name, w.surname) as author, m.sent_at as at,
       m.body as text, ${filesOf('message_id', 'm.id')} as files
     from messages m join users w on w.id = m.author_id
     where m.thread_id = $threadId and ($before::bigint is null or m.id < $before)
     order by m.id desc limit ${atOnce + 1}`,
    { threadId, me: actor.id, before: before ?? null },
  )
  return found.map(({ at, ...message }) => ({ ...message, at: at.toISOString() }))
}

/** Support looks on and answers nobody: that it has read tells a client nothing. */
async function readsOf(actor: Actor, threadId: number): Promise<Conversation['reads']> {
  const found = await rows<{ name: string; readTo: number; at: Date }>(
    `select concat_ws(' ', u.name, u.surname) as name, r.read_to as "readTo", r.read_at as at
     from thread_reads r join users u on u.id = r.user_id
     where r.thread_id = $threadId and u.role <> 'support'
       and case u.role when 'client' then 'client' else 'office' end <> $side
     order by r.read_to desc, r.read_at limit 20`,
    { threadId, side: ownSide(actor) },
  )
  return found.map(({ at, ...read }) => ({ ...read, at: at.toISOString() }))
}
