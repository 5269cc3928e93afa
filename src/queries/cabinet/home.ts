/** The first screen of the cabinet: what waits for this person, what others do for them, what they have. */
import type {
  CabinetHome,
  CabinetService,
  CabinetStanding,
  CabinetTask,
  CabinetWish,
} from '../../../admin/cabinet-types.ts'
import { today } from '../../domain/calendar.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Document } from '../../models/document.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Membership } from '../../models/membership.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Thread } from '../../models/thread.ts'
import type { Actor } from '../../policies/actor.ts'
import { can, scopeOf } from '../../policies/define-policy.ts'
import { refusedWish } from '../registrations/refused-wish.ts'
import { rows } from '../rows.ts'
import { statementOf } from '../identities/statement-of.ts'
import { threadList } from '../threads/thread-list.ts'
import { visibleIfListed } from '../visible.ts'
import { canPayByQr } from './payment.ts'

const tasksOfKind = 10
const shownServices = 3
const shownNames = 3

export async function cabinetHome(actor: Actor, now = new Date()): Promise<CabinetHome> {
  const [answers, invoices, papers, newcomers, orders, changes, services, standing] = await Promise.all([
    unreadAnswers(actor),
    unpaid(actor, today(actor.timezone, now)),
    newPapers(actor),
    pendingPeople(actor),
    placedOrders(actor),
    pendingChanges(actor),
    servicesOf(actor),
    standingOf(actor),
  ])
  return {
    waiting: [...answers, ...newcomers, ...invoices, ...papers],
    underway: [...changes, ...orders],
    services,
    standing,
  }
}

type About = { about: string[] | null }

const named = ({ about }: About) => ({
  about: (about ?? []).slice(0, shownNames),
  more: Math.max(0, (about ?? []).length - shownNames),
})

type UnpaidRow = About & {
  id: number
  number: string
  issued_on: string
  due_on: string | null
  rest: number
  currency: string
  state: string
  has_file: boolean
  has_qr: boolean
}

async function unpaid(actor: Actor, day: string): Promise<CabinetTask[]> {
  const scope = visibleIfListed(actor, Invoice, 'i')
  if (!scope) return []
  const found = await rows<UnpaidRow>(
    `select i.id, i.number, i.issued_on::text, i.due_on::text, i.total_minor - i.paid_minor as rest, i.currency, i.state,
       (select array_agg(l.name order by l.position) from invoice_lines l
         where l.invoice_id = i.id and l.deleted_at is null) as about,
       exists (select from documents d where d.invoice_id = i.id and d.kind = 'invoice' and d.file_id is not null) as has_file,
       ${canPayByQr('i')} as has_qr
     from invoices i
     where ${scope.sql} and i.deleted_at is null and i.state in ('issued', 'part_paid')
     order by i.due_on nulls last, i.id limit ${tasksOfKind}`,
    scope.bind,
  )
  return found.map((row) => ({
    kind: 'invoice',
    id: row.id,
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    rest: { minor: row.rest, currency: row.currency },
    isPartPaid: row.state === 'part_paid',
    isOverdue: row.due_on !== null && row.due_on < day,
    hasQr: row.has_qr,
    hasFile: row.has_file,
    ...named(row),
  }))
}

type PapersRow = About & {
  id: number
  papers: Extract<CabinetTask, { kind: 'papers' }>['papers']
}

/** Papers nobody of the client has opened, those of one invoice together. */
async function newPapers(actor: Actor): Promise<CabinetTask[]> {
  const scope = visibleIfListed(actor, Document, 'd')
  if (!scope) return []
  const found = await rows<PapersRow>(
    `select min(d.id) as id,
       jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'number', d.number) order by d.kind, d.id) as papers,
       (select array_agg(distinct l.name) from document_lines p join invoice_lines l on l.id = p.line_id
         where p.document_id = any (array_agg(d.id))) as about
     from documents d where ${scope.sql} and d.seen_at is null
     group by coalesce(d.invoice_id, -d.id) order by max(d.published_at) desc limit ${tasksOfKind}`,
    scope.bind,
  )
  return found.map((row) => ({ kind: 'papers', id: row.id, papers: row.papers, ...named(row) }))
}

/** What the office has answered and this person has not read. */
async function unreadAnswers(actor: Actor): Promise<CabinetTask[]> {
  if (!can(actor, 'list', Thread) || scopeOf(actor, Thread) === null) return []
  const { items } = await threadList(actor, { view: 'unread' })
  return items.slice(0, tasksOfKind).map(({ id, title, last }) => ({
    kind: 'answer',
    id,
    title,
    author: last.author,
    text: last.text,
    at: last.at,
  }))
}

async function pendingPeople(actor: Actor): Promise<CabinetTask[]> {
  const scope = visibleIfListed(actor, Membership, 'm')
  if (!scope) return []
  const found = await rows<{ id: number; name: string; role: 'head' | 'employee'; at: Date }>(
    `select m.id, u.name || ' ' || u.surname as name, m.role, m.created_at as at
     from memberships m join users u on u.id = m.user_id
     where ${scope.sql} and m.state = 'pending' and m.user_id <> $me order by m.id limit ${tasksOfKind}`,
    { ...scope.bind, me: actor.id },
  )
  return found.map(({ at, ...row }) => ({ kind: 'newcomer', ...row, at: at.toISOString() }))
}

async function placedOrders(actor: Actor): Promise<CabinetWish[]> {
  const scope = visibleIfListed(actor, OrderRequest, 'r')
  if (!scope) return []
  const found = await rows<{ id: number; name: string; at: Date }>(
    `select r.id, p.name, r.created_at as at from order_requests r join products p on p.id = r.product_id
     where ${scope.sql} and r.state = 'placed' order by r.id desc limit ${tasksOfKind}`,
    scope.bind,
  )
  return found.map(({ at, ...row }) => ({ kind: 'order', ...row, at: at.toISOString() }))
}

async function pendingChanges(actor: Actor): Promise<CabinetWish[]> {
  const scope = visibleIfListed(actor, ChangeRequest, 'r')
  if (!scope) return []
  const found = await rows<{ id: number; fields: string[]; at: Date }>(
    `select r.id, array(select jsonb_object_keys(r.changes)) as fields, r.created_at as at from change_requests r
     where ${scope.sql} and r.state = 'pending' order by r.id desc limit ${tasksOfKind}`,
    scope.bind,
  )
  return found.map(({ at, ...row }) => ({ kind: 'change', ...row, at: at.toISOString() }))
}

async function servicesOf(actor: Actor): Promise<CabinetHome['services']> {
  const scope = visibleIfListed(actor, InvoiceLine, 'l')
  if (!scope) return { items: [], total: 0 }
  const found = await rows<CabinetService & { total: number }>(
    `select l.id, l.name, l.state, l.valid_to::text as "validTo", count(*) over ()::int as total
     from invoice_lines l where ${scope.sql} and l.deleted_at is null order by l.id desc limit ${shownServices}`,
    scope.bind,
  )
  return { items: found.map(({ total: _total, ...item }) => item), total: found[0]?.total ?? 0 }
}

/** Only for somebody who may act for nobody: their own standings and wishes, which no policy of an organisation covers. */
async function standingOf(actor: Actor): Promise<CabinetStanding[]> {
  const { id, organisationId } = actor
  if (organisationId !== null || id === null) return []
  const again = await refusedWish(id)
  const found = await rows<Omit<CabinetStanding, 'at' | 'maySign' | 'mayAskAgain'> & { at: Date }>(
    `select 'membership-' || m.id as key, coalesce(c.short_name, c.name) as organisation,
       coalesce(o.short_name, o.name) as office, m.state, m.reason, coalesce(m.decided_at, m.created_at) as at,
       exists (select from memberships h where h.organisation_id = m.organisation_id and h.role = 'head'
                and h.state = 'active') as "isDecidedByHead"
     from memberships m join organisations o on o.id = m.office_id left join organisations c on c.id = m.organisation_id
     where m.user_id = $id and m.state <> 'active'
     union all
     select 'registration-' || r.id, r.details ->> 'name', coalesce(o.short_name, o.name),
       case r.state when 'waiting' then 'pending' else r.state end, r.reason, coalesce(r.decided_at, r.confirmed_at), false
     from registrations r join organisations o on o.id = r.office_id
     where r.user_id = $id and r.state in ('waiting', 'refused')
     order by at desc limit ${tasksOfKind}`,
    { id },
  )
  const signed = found.length > 0 ? await statementOf(actor, { subject: 'registration', site: '' }) : null
  const newest = again && found.find(({ state }) => state === 'refused')
  return found.map(({ at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    maySign: signed !== null && row.key === `registration-${signed.id}`,
    mayAskAgain: row.key === newest?.key,
  }))
}
