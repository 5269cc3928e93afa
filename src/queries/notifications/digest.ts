/** What the morning letter of one person says: what was told to them by digest, what waits, what is late, what failed. */
import { sideOf, type Actor } from '../../policies/actor.ts'
import { countQueue, sourcesFor } from '../queue/count-queue.ts'
import type { QueueKind } from '../queue/sources.ts'
import { row, rows } from '../rows.ts'
import { myChoices, queueDigest } from './my-choices.ts'
import { notificationsOf, type Told } from './my-notifications.ts'
import { notificationReader, type NotificationReader } from './reader.ts'

export type Digest = Readonly<{
  reader: NotificationReader
  isClient: boolean
  news: readonly Told[]
  /** How much of the news was not read on the site in the meantime. */
  unread: number
  queue: readonly { kind: QueueKind; count: number }[]
  total: number
  overdue: number
  failed: number
}>

export type DueDigest = Readonly<{ userId: number; day: string }>

const toldAtMost = 30
const waitsDays = 7

/** Whose morning it is: 8:30 has passed where they are, noon has not, and today's letter is not decided yet. */
export const dueDigests = (now: Date, limit: number): Promise<DueDigest[]> =>
  rows<DueDigest>(
    `select u.id as "userId", l.at::date::text as day
     from users u join lateral (select $now::timestamptz at time zone u.timezone as at) l on true
     where u.state = 'active' and u.deleted_at is null and l.at::time >= '08:30' and l.at::time < '12:00'
       and not exists (select from notification_digests d where d.user_id = u.id and d.day = l.at::date)
     order by u.id limit $limit`,
    { now, limit },
  )

/** Null for an account that is closed, or a day nobody has decided about. */
export async function digestOf(userId: number, day: string, now: Date): Promise<Digest | null> {
  const span = await row<{ since: Date; until: Date }>(
    `select d.claimed_at as until, coalesce(
       (select max(before.claimed_at) from notification_digests before where before.user_id = d.user_id and before.day < d.day),
       d.claimed_at - make_interval(days => ${waitsDays})) as since
     from notification_digests d where d.user_id = $userId and d.day = $day::date`,
    { userId, day },
  )
  if (!span) return null
  const pending = await rows<{ organisation_id: number | null; ids: number[]; unread: number }>(
    `select organisation_id, array_agg(id order by id desc) as ids, count(*) filter (where read_at is null)::integer as unread
     from (select id, organisation_id, read_at from notifications
       where recipient_id = $userId and email = 'digest' and created_at > $since and created_at <= $until
       order by id desc limit ${toldAtMost}) as n
     group by organisation_id order by organisation_id nulls first`,
    { userId, ...span },
  )
  const news: Told[] = []
  let first = await notificationReader(userId, null)
  for (const { organisation_id: organisationId, ids } of pending) {
    const reader = await notificationReader(userId, organisationId)
    if (!reader) continue
    if (organisationId !== null) first = reader
    news.push(...(await notificationsOf(reader.actor, ids.map(Number))))
  }
  if (!first) return null
  const unread = pending.reduce((sum, group) => sum + group.unread, 0)
  return {
    reader: first,
    isClient: sideOf(first.actor) === 'client',
    news,
    unread,
    ...(await waiting(first.actor, now)),
  }
}

async function waiting(actor: Actor, now: Date) {
  const wish = (await myChoices(actor)).find(({ kind }) => kind === queueDigest)
  const counts = wish?.email === 'digest' ? await countQueue(actor, now) : new Map<QueueKind, number>()
  const sum = (are: ReturnType<typeof sourcesFor>) =>
    are.reduce((total, { kind }) => total + (counts.get(kind) ?? 0), 0)
  const mine = sourcesFor(actor)
  return {
    queue: mine.flatMap(({ kind }) => {
      const count = counts.get(kind) ?? 0
      return count > 0 ? [{ kind, count }] : []
    }),
    total: sum(mine),
    overdue: sum(mine.filter(({ isLate }) => isLate)),
    failed: sum(mine.filter(({ tone, isLate }) => tone === 'fail' && !isLate)),
  }
}
