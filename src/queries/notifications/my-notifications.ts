/** What a person is told: the unread first, the newest of them first, with the values their sentences are filled with. */
import { sideOf, type Actor } from '../../policies/actor.ts'
import { can, scopeOf } from '../../policies/define-policy.ts'
import { rows } from '../rows.ts'
import { visible } from '../visible.ts'
import { notificationKinds, specOf, type NotificationKind } from './kinds.ts'

export type Told = Readonly<{
  id: number
  kind: NotificationKind
  at: Date
  isRead: boolean
  /** Null when the reader may not see the subject any more: the office or the role has changed. */
  params: Readonly<Record<string, string | number>> | null
  href: string | null
}>

type Row = {
  id: number
  kind: string
  subject_id: number
  params: Record<string, string | number>
  created_at: Date
  is_read: boolean
}

/** Nobody reads through more. */
export const listedAtMost = 300

/** The bell shows «99+» long before. */
const countedAtMost = 1000

/** A person of several clients is told of the one they act for. */
const asWhom = '(organisation_id is null or organisation_id = $organisation)'

export async function myNotifications(
  actor: Actor,
  { limit }: { limit: number },
): Promise<{ items: Told[]; hasMore: boolean }> {
  const found = await rows<Row>(
    `select id, kind, subject_id, params, created_at, read_at is not null as is_read from notifications
     where recipient_id = $me and in_bell and ${asWhom} order by read_at is not null, id desc limit $limit`,
    { me: actor.id, organisation: actor.organisationId, limit: limit + 1 },
  )
  const items = await filled(actor, found.slice(0, limit))
  return { items, hasMore: found.length > limit && limit < listedAtMost }
}

/** The notifications with these ids, whatever way they go; those of somebody else are left out. */
export async function notificationsOf(actor: Actor, ids: readonly number[]): Promise<Told[]> {
  const found = await rows<Row>(
    `select id, kind, subject_id, params, created_at, read_at is not null as is_read from notifications
     where recipient_id = $me and id = any ($ids::bigint[]) and ${asWhom} order by id desc`,
    { me: actor.id, organisation: actor.organisationId, ids: [...ids] },
  )
  return filled(actor, found)
}

async function filled(actor: Actor, found: readonly Row[]): Promise<Told[]> {
  // A kind that left the catalogue has no words any more.
  const known = found.filter(({ kind }) => kind in notificationKinds)
  const byKind = new Map<NotificationKind, number[]>()
  for (const { kind, subject_id: id } of known) {
    const name = kind as NotificationKind
    byKind.set(name, [...(byKind.get(name) ?? []), id])
  }
  const facts = new Map<string, Record<string, string | number>>()
  for (const [kind, ids] of byKind)
    for (const { id, values } of await factsOf(actor, kind, ids)) facts.set(`${kind} ${id}`, values)
  return known.map((row) => {
    const kind = row.kind as NotificationKind
    const values = facts.get(`${kind} ${row.subject_id}`)
    const params = values ? { ...values, ...row.params } : null
    return {
      id: row.id,
      kind,
      at: row.created_at,
      isRead: row.is_read,
      params,
      href: params && specOf(kind).href(row.subject_id, params, sideOf(actor)),
    }
  })
}

async function factsOf(actor: Actor, kind: NotificationKind, ids: readonly number[]) {
  const { model, from, facts } = specOf(kind)
  if (model && (!can(actor, 'show', model) || scopeOf(actor, model) === null)) return []
  const scope = model ? visible(actor, model, 't') : { sql: 'true', bind: {} }
  return rows<{ id: number; values: Record<string, string | number> }>(
    `select t.id, jsonb_build_object(${facts}) as values from ${from} where t.id = any ($ids::bigint[]) and ${scope.sql}`,
    { ...scope.bind, ids: [...new Set(ids)], language: actor.language },
  )
}

/** How many unread notifications each of these has, in the same order. */
export async function unreadCounts(
  readers: readonly Pick<Actor, 'id' | 'organisationId'>[],
): Promise<number[]> {
  const counts = await rows<{ count: number }>(
    `select (select count(*)::integer from (select from notifications n
        where n.recipient_id = r.id and n.in_bell and n.read_at is null
          and (n.organisation_id is null or n.organisation_id = r.organisation_id)
        limit ${countedAtMost}) as unread) as count
     from unnest($ids::bigint[], $organisations::bigint[]) with ordinality as r (id, organisation_id, place) order by place`,
    {
      ids: readers.map(({ id }) => id),
      organisations: readers.map(({ organisationId }) => organisationId),
    },
  )
  return counts.map(({ count }) => count)
}
