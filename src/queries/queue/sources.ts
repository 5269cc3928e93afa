/** What may wait for a person: one entry for each kind, read as a table of who, what, since when and what settles it. */
import type { Model, ModelStatic } from 'sequelize'
import type { QueueItem, Tone } from '../../../admin/desk-types.ts'
import { lateAfterMinutes } from '../../domain/answer-times.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Contract } from '../../models/contract.ts'
import { Document } from '../../models/document.ts'
import { Export } from '../../models/export.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { Identity } from '../../models/identity.ts'
import { InvoiceLine } from '../../models/invoice-line.ts'
import { Invoice } from '../../models/invoice.ts'
import { Mail } from '../../models/mail.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Registration } from '../../models/registration.ts'
import { Thread } from '../../models/thread.ts'
import type { Role } from '../../policies/actor.ts'
import { listOf, screenOf, threadOf } from '../screen-of.ts'

export type QueueKind = QueueItem['kind']

/** A row of a source; `id` is the record, or the organisation when the rows are summed up for one. */
export type SourceRow = {
  id: number
  at: Date
  organisation_id: number | null
  organisation_name: string | null
  params: Record<string, string | number | null>
}

export type Source = Readonly<{
  kind: QueueKind
  tone: Tone
  roles: readonly Role[]
  /** Whose policy limits the rows; null for what only those who see all offices are told. */
  model: ModelStatic<Model> | null
  /** Table expression with the alias `t`; `%scope` stands for the actor's scope. */
  from: string
  where: string
  at: string
  /** SQL of the sentence's values, as arguments of jsonb_build_object. */
  params: string
  hasOrganisation: boolean
  /** Whether it counts as late in the greeting of the home page. */
  isLate?: true
  href: (row: SourceRow) => string
  action: ((row: SourceRow) => NonNullable<QueueItem['action']>) | null
}>

const desk: Role[] = ['administrator', 'operator']
const menders: Role[] = ['administrator', 'operator', 'support']

/** Days ahead in which a contract's end is announced. */
export const endingWithinDays = 7
/** Rows summed up by organisation: the newest only, for a backlog of years tells nobody what to do today. */
const summedRows = 2000

const on = (resourceId: string, name: string) => (row: SourceRow) => ({ resourceId, recordId: row.id, name })
const record = (resourceId: string) => (row: SourceRow) => screenOf(resourceId, row.id)

const request = {
  model: AccountingRequest,
  from: 'accounting_requests t',
  params: `'number', t.number, 'count', t.line_count, 'totalMinor', t.total_minor, 'currency', t.currency,
    'reason', coalesce(t.failure_text, ''), 'code', coalesce(t.failure_code, t.outcome, '')`,
  hasOrganisation: true,
  href: record('accounting-requests'),
} as const

const mail = {
  model: Mail,
  from: 'mails t',
  at: 't.updated_at',
  params: `'subject', coalesce(t.subject, ''), 'recipient', coalesce(t.recipient, ''), 'mailKind', t.kind,
    'reason', coalesce(t.failure_text, ''), 'code', coalesce(t.failure_code, '')`,
  hasOrganisation: true,
  href: record('mails'),
} as const

/** Lines or documents in one state, summed up for each organisation. */
const summed = (table: string, state: string, at: string) => `(
  select x.organisation_id as id, x.organisation_id, count(*)::integer as count, min(${at}) as at,
    sum(x.total_minor)::bigint as total_minor, min(x.currency) as currency
  from (select * from ${table} t where %scope and ${state} order by t.id desc limit ${summedRows}) as x
  group by x.organisation_id) as t`

const linesOf = (state: string) => (row: SourceRow) =>
  listOf('invoice-lines', { organisationId: String(row.id), state })

/** In the order a person should take them. */
export const sources: readonly Source[] = [
  {
    ...request,
    kind: 'request-refused',
    tone: 'fail',
    roles: desk,
    where: `t.state = 'failed' and t.outcome = 'refused'`,
    at: 'coalesce(t.answered_at, t.updated_at)',
    action: on('accounting-requests', 'retry'),
  },
  {
    ...request,
    kind: 'request-timed-out',
    tone: 'fail',
    roles: desk,
    where: `t.state = 'failed' and t.outcome in ('timed_out', 'undelivered')`,
    at: 't.updated_at',
    isLate: true,
    action: on('accounting-requests', 'retry'),
  },
  {
    ...mail,
    kind: 'mail-uncertain',
    tone: 'fail',
    roles: menders,
    where: `t.state = 'uncertain'`,
    action: null,
  },
  {
    ...mail,
    kind: 'mail-failed',
    tone: 'fail',
    roles: menders,
    where: `t.state = 'failed'`,
    action: on('mails', 'retry'),
  },
  {
    ...mail,
    kind: 'mail-no-address',
    tone: 'fail',
    roles: desk,
    where: `t.state = 'no_address'`,
    action: null,
  },
  {
    kind: 'document-failed',
    tone: 'fail',
    roles: menders,
    model: Document,
    from: 'documents t',
    where: `t.state = 'failed'`,
    at: 't.updated_at',
    params: `'number', t.number, 'documentKind', t.kind, 'code', coalesce(t.failure_code, '')`,
    hasOrganisation: true,
    href: record('documents'),
    action: on('documents', 'retry'),
  },
  {
    kind: 'export-failed',
    tone: 'fail',
    roles: ['administrator', 'operator', 'accountant', 'support'],
    model: Export,
    from: 'exports t',
    // Whoever sees all spreadsheets still repeats their own only.
    where: `t.state = 'failed' and t.created_by = $me`,
    at: 'coalesce(t.finished_at, t.updated_at)',
    params: `'report', t.report, 'code', coalesce(t.failure_code, '')`,
    hasOrganisation: false,
    href: record('exports'),
    action: on('exports', 'retry'),
  },
  {
    kind: 'job-failed',
    tone: 'fail',
    roles: ['administrator', 'support'],
    model: null,
    from: `(select id, topic, created_at as at, coalesce(error_code, state) as code, attempts from outbox
      where state in ('dead', 'uncertain') and topic <> 'mail.send') as t`,
    where: 'true',
    at: 't.at',
    params: `'topic', t.topic, 'code', t.code, 'attempts', t.attempts`,
    hasOrganisation: false,
    href: () => '/admin/pages/jobs',
    action: null,
  },
  {
    ...request,
    kind: 'request-answered',
    tone: 'yours',
    roles: desk,
    where: `t.state = 'done'`,
    at: 'coalesce(t.answered_at, t.updated_at)',
    action: on('accounting-requests', 'acknowledge'),
  },
  {
    kind: 'message-waiting',
    tone: 'yours',
    roles: [...desk, 'accountant'],
    model: Thread,
    from: 'threads t',
    // Unassigned ones are the desk's; an accountant answers what was handed over.
    where: `t.state = 'waiting_office' and (t.assignee_id = $me or (t.assignee_id is null
      and not exists (select from users u where u.id = $me and u.role = 'accountant')))`,
    at: 't.waiting_since',
    params: `'title', t.title, 'person', (select concat_ws(' ', p.name, p.surname) from users p where p.id = t.person_id)`,
    hasOrganisation: true,
    href: ({ id }) => threadOf('staff', id),
    action: null,
  },
  {
    ...request,
    kind: 'request-to-answer',
    tone: 'yours',
    roles: ['accountant'],
    where: `t.state in ('queued', 'sent')`,
    at: 'coalesce(t.sent_at, t.created_at)',
    action: on('accounting-requests', 'answer'),
  },
  {
    ...request,
    kind: 'request-late',
    tone: 'warn',
    roles: desk,
    where: `t.state = 'sent' and t.sent_at < $now::timestamptz - interval '${lateAfterMinutes} minutes'`,
    at: 't.sent_at',
    isLate: true,
    action: null,
  },
  {
    kind: 'change-requested',
    tone: 'yours',
    roles: desk,
    model: ChangeRequest,
    from: 'change_requests t',
    where: `t.state = 'pending'`,
    at: 't.created_at',
    params: `'count', (select count(*) from jsonb_object_keys(t.changes)), 'reason', coalesce(t.reason, '')`,
    hasOrganisation: true,
    href: record('change-requests'),
    action: null,
  },
  {
    kind: 'order-placed',
    tone: 'yours',
    roles: desk,
    model: OrderRequest,
    from: 'order_requests t',
    where: `t.state = 'placed'`,
    at: 't.created_at',
    params: `'name', (select p.name from products p where p.id = t.product_id), 'quantity', trim_scale(t.quantity)::text,
      'comment', coalesce(t.comment, '')`,
    hasOrganisation: true,
    href: record('order-requests'),
    action: on('order-requests', 'invoice'),
  },
  {
    kind: 'lines-without-act',
    tone: 'yours',
    roles: desk,
    model: InvoiceLine,
    from: summed('invoice_lines', `t.state = 'shipped' and t.deleted_at is null`, 'x.updated_at'),
    where: 'true',
    at: 't.at',
    params: `'count', t.count, 'totalMinor', t.total_minor, 'currency', t.currency`,
    hasOrganisation: true,
    href: linesOf('shipped'),
    action: null,
  },
  {
    kind: 'acts-to-publish',
    tone: 'yours',
    roles: desk,
    model: Document,
    from: summed('documents', `t.kind in ('act', 'licence') and t.state = 'ready'`, 'x.created_at'),
    where: 'true',
    at: 't.at',
    params: `'count', t.count, 'totalMinor', t.total_minor, 'currency', t.currency`,
    hasOrganisation: true,
    href: (row) =>
      listOf('documents', { organisationId: String(row.id), state: 'ready', kind: 'act,licence' }),
    action: null,
  },
  {
    kind: 'lines-to-ship',
    tone: 'yours',
    roles: desk,
    model: InvoiceLine,
    from: summed('invoice_lines', `t.state = 'paid' and t.deleted_at is null`, 'x.updated_at'),
    where: 'true',
    at: 't.at',
    params: `'count', t.count, 'totalMinor', t.total_minor, 'currency', t.currency`,
    hasOrganisation: true,
    href: linesOf('paid'),
    action: null,
  },
  {
    kind: 'registration-waiting',
    tone: 'yours',
    roles: desk,
    model: Registration,
    from: 'registrations t',
    where: `t.state = 'waiting'`,
    at: 't.confirmed_at',
    params: `'name', t.surname || ' ' || t.name, 'organisation', coalesce(t.details ->> 'name', ''), 'taxId', t.tax_id`,
    hasOrganisation: true,
    href: record('registrations'),
    action: null,
  },
  {
    kind: 'identity-waiting',
    tone: 'yours',
    roles: desk,
    model: Identity,
    from: 'identities t',
    where: `t.state = 'waiting' and t.user_id <> $me`,
    at: 't.submitted_at',
    params: `'name', t.surname || ' ' || t.name`,
    hasOrganisation: false,
    href: record('identities'),
    action: null,
  },
  {
    kind: 'letter-to-post',
    tone: 'yours',
    roles: desk,
    model: IdentityLetter,
    from: 'identity_letters t',
    where: `t.state in ('ordered', 'printed') and t.user_id <> $me`,
    at: 't.created_at',
    params: `'name', t.recipient_name`,
    hasOrganisation: false,
    href: record('identity-letters'),
    action: null,
  },
  {
    kind: 'contract-expires',
    tone: 'warn',
    roles: desk,
    model: Contract,
    from: 'contracts t',
    where: `t.deleted_at is null and t.valid_to between $today::date and $today::date + ${endingWithinDays}`,
    at: 't.valid_to::timestamptz',
    params: `'number', t.number, 'on', t.valid_to`,
    hasOrganisation: true,
    href: record('contracts'),
    action: null,
  },
  {
    kind: 'invoice-overdue',
    tone: 'fail',
    roles: desk,
    model: Invoice,
    from: 'invoices t',
    where: `t.state in ('issued', 'part_paid') and t.due_on < $today::date and t.deleted_at is null`,
    at: 't.due_on::timestamptz',
    params: `'number', t.number, 'days', $today::date - t.due_on, 'totalMinor', t.total_minor - t.paid_minor,
      'currency', t.currency`,
    hasOrganisation: true,
    isLate: true,
    href: record('invoices'),
    action: null,
  },
]
