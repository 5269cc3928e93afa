/** The numbers beside the navigation of the cabinet: what is new to this client, and what waits for it. */
import type { Counters } from '../../../admin/desk-types.ts'
import { Document } from '../../models/document.ts'
import { Invoice } from '../../models/invoice.ts'
import { Membership } from '../../models/membership.ts'
import type { Actor } from '../../policies/actor.ts'
import { rows } from '../rows.ts'
import { unreadThreads } from '../threads/thread-list.ts'
import { visibleIfListed } from '../visible.ts'

/** Threads with an answer this person has not read, papers nobody of the client has opened yet, invoices that are not paid, and for a head the people who wait. */
export async function cabinetCounters(actor: Actor): Promise<Counters> {
  const unread = await unreadThreads(actor)
  const answers = unread === null ? {} : { messages: { count: unread, tone: 'quiet' } as const }
  const documents = visibleIfListed(actor, Document, 'd')
  const invoices = visibleIfListed(actor, Invoice, 'i')
  if (!documents || !invoices) return { navigation: answers }
  const people = visibleIfListed(actor, Membership, 'm')
  const waiting = people
    ? `(select count(*)::int from memberships m where ${people.sql} and m.state = 'pending' and m.user_id <> $me)`
    : '0'
  const [found] = await rows<{ unseen: number; unpaid: number; newcomers: number }>(
    `select (select count(*)::int from documents d where ${documents.sql} and d.seen_at is null) as unseen,
            (select count(*)::int from invoices i
              where ${invoices.sql} and i.deleted_at is null and i.state in ('issued', 'part_paid')) as unpaid,
            ${waiting} as newcomers`,
    { ...documents.bind, ...invoices.bind, ...(people && { ...people.bind, me: actor.id }) },
  )
  const { unseen = 0, unpaid = 0, newcomers = 0 } = found ?? {}
  return {
    navigation: {
      ...answers,
      documents: { count: unseen, tone: 'quiet' },
      invoices: { count: unpaid, tone: 'quiet' },
      ...(people && { people: { count: newcomers, tone: 'quiet' } }),
    },
  }
}
