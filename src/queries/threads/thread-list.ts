/** The list of threads on either side: what waits for an answer first by the longest wait, everything else by the last word. */
import type { ThreadList, ThreadRow, ThreadView } from '../../../admin/thread-types.ts'
import { DomainError } from '../../domain/errors.ts'
import { Thread } from '../../models/thread.ts'
import { sideOf, type Actor } from '../../policies/actor.ts'
import { row, rows } from '../rows.ts'
import { visibleIfListed } from '../visible.ts'
import { hasNewAnswer, ownSide, threadFacts, type ThreadFacts } from './thread-row.ts'

type ThreadQuestion = Readonly<{
  view?: ThreadView | undefined
  organisationId?: number | undefined
  /** Threads about one record. */
  kind?: string | undefined
  id?: number | undefined
  page?: number
}>

const perPage = 50
const countedAtMost = 1000
const shownText = 160

const conditions: Readonly<Record<ThreadView, string>> = {
  // Somebody else's has somebody who answers.
  waiting: `t.state = 'waiting_office' and (t.assignee_id is null or t.assignee_id = $me)`,
  mine: `t.assignee_id = $me and t.state <> 'closed'`,
  unread: hasNewAnswer,
  all: 'true',
}
const views: Readonly<Record<'staff' | 'client', readonly ThreadView[]>> = {
  staff: ['waiting', 'mine', 'all'],
  client: ['unread', 'all'],
}

type Row = ThreadFacts & { unread: number; last: Omit<ThreadRow['last'], 'at'>; at: Date }

/** @throws DomainError `forbidden` for whoever reads no threads at all */
export async function threadList(actor: Actor, question: ThreadQuestion = {}): Promise<ThreadList> {
  const { view = 'all', page = 1 } = question
  const scope = visibleIfListed(actor, Thread, 't')
  if (!scope) throw new DomainError('forbidden')
  const mine = views[sideOf(actor)]
  if (!mine.includes(view)) throw new DomainError('bad-filter')
  const facts = threadFacts(actor)
  const asked: Record<string, unknown> = { me: actor.id, side: ownSide(actor) }
  const narrowed = [scope.sql]
  if (question.organisationId !== undefined) {
    narrowed.push('t.organisation_id = $organisationId')
    asked['organisationId'] = question.organisationId
  }
  if (question.kind !== undefined && question.id !== undefined) {
    narrowed.push('t.subject_kind = $kind and t.subject_id = $id')
    Object.assign(asked, { kind: question.kind, id: question.id })
  }
  const where = narrowed.join(' and ')
  const order = view === 'waiting' ? 't.waiting_since, t.id' : 't.last_message_at desc, t.id desc'
  const bind = { ...scope.bind, ...asked }
  const found = await rows<Row>(
    `select ${facts.columns}, t.last_message_at as at,
       (select count(*)::int from messages u where u.thread_id = t.id and u.side <> $side and u.id > coalesce(r.read_to, 0)) as unread,
       (select jsonb_build_object('author', concat_ws(' ', w.name, w.surname), 'isMine', m.author_id = $me,
           'text', left(m.body, ${shownText}), 'files', (select count(*) from message_files f where f.message_id = m.id))
         from messages m join users w on w.id = m.author_id where m.thread_id = t.id order by m.id desc limit 1) as last
     from threads t ${facts.joins} left join thread_reads r on r.thread_id = t.id and r.user_id = $me
     where ${where} and ${conditions[view]} order by ${order} limit $limit offset $offset`,
    { ...bind, ...facts.bind, limit: perPage + 1, offset: (page - 1) * perPage },
  )
  const counts = await row<Record<string, number>>(
    `select ${mine
      .map(
        (one) =>
          `(select count(*)::int from (select from threads t where ${where} and ${conditions[one]} limit ${countedAtMost}) as c) as ${one}`,
      )
      .join(', ')}`,
    bind,
  )
  return {
    items: found.slice(0, perPage).map(toRow),
    counts: counts ?? {},
    hasMore: found.length > perPage,
  }
}

const toRow = ({ at, last, organisation, person, waiting_since: since, ...rest }: Row): ThreadRow => ({
  ...rest,
  client: organisation ?? person ?? '',
  waitingSince: since?.toISOString() ?? null,
  last: { ...last, at: at.toISOString() },
})

/** How many threads hold an answer this client has not read; null for who reads none at all. */
export async function unreadThreads(actor: Actor): Promise<number | null> {
  const scope = visibleIfListed(actor, Thread, 't')
  if (!scope) return null
  const found = await row<{ count: number }>(
    `select count(*)::int as count from (select from threads t where ${scope.sql} and ${hasNewAnswer} limit ${countedAtMost}) as c`,
    { ...scope.bind, me: actor.id, side: ownSide(actor) },
  )
  return found?.count ?? 0
}
