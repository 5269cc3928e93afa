/** Every kind of notification: whom it tells, by what ways, what its sentence is filled with, and where it leads. */
import type { Model, ModelStatic } from 'sequelize'
import type { Tone } from '../../../admin/desk-types.ts'
import { AccountingRequest } from '../../models/accounting-request.ts'
import { ChangeRequest } from '../../models/change-request.ts'
import { Document } from '../../models/document.ts'
import { Export } from '../../models/export.ts'
import { IdentityLetter } from '../../models/identity-letter.ts'
import { Identity } from '../../models/identity.ts'
import { Invoice } from '../../models/invoice.ts'
import { Mail } from '../../models/mail.ts'
import { Membership } from '../../models/membership.ts'
import { OrderRequest } from '../../models/order-request.ts'
import { Registration } from '../../models/registration.ts'
import { Thread } from '../../models/thread.ts'
import { clientRoles, type Role, type Side } from '../../policies/actor.ts'
import { listOf, profileOf, screenOf, threadOf } from '../screen-of.ts'

export type EmailWish = 'off' | 'now' | 'digest'

/** The ways a notification goes to one person. */
export type Channels = Readonly<{ inBell: boolean; email: EmailWish; sms: boolean }>

export type KindSpec = Readonly<{
  tone: Tone
  /** Whoever may ever get it: these roles choose its channels. */
  who: readonly Role[]
  /**
   * `author`: the person whose work it is about. `office`: everybody of `who` in the office, those who serve all
   * offices included. `author-else-office`: the office when the author is gone or nobody. `client`: everybody of `who`
   * at the organisation.
   */
  told: 'author' | 'office' | 'author-else-office' | 'client'
  /** Until the person chooses otherwise. */
  channels: Channels
  /** Table of the subject. */
  subject: string
  /** Whose policy limits what the reader is told of the subject; null for what holds nothing of a client. */
  model: ModelStatic<Model> | null
  /** Table expression with the alias `t`, and joins. */
  from: string
  /** SQL of the sentence's values, as arguments of jsonb_build_object; `$language` is the reader's. */
  facts: string
  /** On the reader's side of the product. */
  href: (subjectId: number, params: Readonly<Record<string, string | number>>, side: Side) => string
}>

const desk: Role[] = ['operator']
const everybody: Role[] = ['administrator', 'operator', 'accountant', 'support']
const watchers: Role[] = ['administrator', 'support']

const bell: Channels = { inBell: true, email: 'off', sms: false }
const bellAndDigest: Channels = { inBell: true, email: 'digest', sms: false }
const bellAndLetter: Channels = { inBell: true, email: 'now', sms: false }

const joined = (table: string) => `${table} t left join organisations o on o.id = t.organisation_id`
const organisation = `'organisation', coalesce(o.short_name, o.name, '')`

const request = {
  who: ['administrator', ...desk],
  told: 'author-else-office',
  subject: 'accounting_requests',
  model: AccountingRequest,
  from: joined('accounting_requests'),
  facts: `'number', t.number, 'lines', t.line_count, ${organisation}, 'totalMinor', t.total_minor, 'currency', t.currency,
    'reason', coalesce(t.failure_text, ''), 'code', coalesce(t.failure_code, '')`,
  href: (id: number) => screenOf('accounting-requests', id),
} as const

const mail = {
  who: ['administrator', ...desk],
  told: 'author-else-office',
  subject: 'mails',
  model: Mail,
  from: joined('mails'),
  facts: `'subject', coalesce(t.subject, ''), ${organisation}, 'reason', coalesce(t.failure_text, ''),
    'code', coalesce(t.failure_code, '')`,
  href: (id: number) => screenOf('mails', id),
} as const

const madeExport = {
  who: everybody,
  told: 'author',
  subject: 'exports',
  model: Export,
  from: 'exports t',
  facts: `'report', t.report, 'rows', coalesce(t.rows_total, 0), 'code', coalesce(t.failure_code, '')`,
  href: (id: number) => screenOf('exports', id),
} as const

// A batch holds counts only; its documents answer to their own policy when they are opened.
const batch = {
  who: ['administrator', ...desk],
  told: 'author',
  subject: 'batches',
  model: null,
  from: 'batches t left join organisations o on o.id = t.organisation_id',
  facts: `'count', t.total, ${organisation}, 'failed', (select count(*) from documents d
    where d.batch_id = t.id and d.state = 'failed')`,
} as const

const thread = {
  tone: 'yours',
  subject: 'threads',
  model: Thread,
  from: `${joined('threads')} left join users p on p.id = t.person_id`,
  facts: `'title', t.title, 'organisation', coalesce(o.short_name, o.name, concat_ws(' ', p.name, p.surname))`,
  href: (id: number, _params: object, side: Side) => threadOf(side, id),
} as const

const job = {
  who: watchers,
  told: 'office',
  subject: 'scheduled_jobs',
  model: null,
  from: `(select hashtext(name)::bigint as id,
    case $language when 'en' then description_en else description_ru end as job from scheduled_jobs) t`,
  facts: `'job', t.job`,
  href: () => '/admin/pages/jobs',
} as const

const change = {
  subject: 'change_requests',
  model: ChangeRequest,
  from: joined('change_requests'),
  facts: `${organisation}, 'reason', coalesce(t.decision_reason, t.reason, '')`,
  href: (id: number, _params: unknown, side: Side) => screenOf('change-requests', id, side),
} as const

const order = {
  subject: 'order_requests',
  model: OrderRequest,
  from: `${joined('order_requests')} join products p on p.id = t.product_id`,
  facts: `'product', p.name, ${organisation}, 'reason', coalesce(t.decision_reason, '')`,
  href: (id: number, _params: unknown, side: Side) => screenOf('order-requests', id, side),
} as const

// A person's own standing is theirs to know, also when they may see nothing else any more.
const standing = {
  who: ['head', 'employee', 'applicant'],
  told: 'author',
  channels: bellAndLetter,
  subject: 'memberships',
  model: null,
  from: `${joined('memberships')} join organisations f on f.id = t.office_id`,
  facts: `'organisation', coalesce(o.short_name, o.name, f.short_name, f.name), 'reason', coalesce(t.reason, '')`,
  href: () => '/cabinet',
} as const

/** Told to the person alone: nobody else at their organisation learns what their papers are worth. */
const ownPapers = {
  who: [...clientRoles],
  told: 'author',
  subject: 'identities',
  model: Identity,
  from: 'identities t',
  facts: `'name', t.name`,
  href: () => profileOf('client', 'identity'),
  channels: bellAndLetter,
} as const

/** In the order of the settings screen. */
export const notificationKinds = {
  'registration-waiting': {
    who: ['administrator', ...desk],
    told: 'office',
    subject: 'registrations',
    model: Registration,
    from: 'registrations t',
    facts: `'name', t.surname || ' ' || t.name, 'organisation', coalesce(t.details ->> 'name', '')`,
    href: (id: number) => screenOf('registrations', id),
    tone: 'yours',
    channels: bellAndDigest,
  },
  'order-placed': {
    ...order,
    who: ['administrator', ...desk],
    told: 'office',
    tone: 'yours',
    channels: bellAndDigest,
  },
  'changes-proposed': {
    ...change,
    who: ['administrator', ...desk],
    told: 'office',
    tone: 'yours',
    channels: bellAndDigest,
  },
  'identity-waiting': {
    who: ['administrator', ...desk],
    told: 'office',
    subject: 'identities',
    model: Identity,
    from: 'identities t',
    facts: `'name', t.surname || ' ' || t.name`,
    href: (id: number) => screenOf('identities', id),
    tone: 'yours',
    channels: bellAndDigest,
  },
  'identity-letter-ordered': {
    who: ['administrator', ...desk],
    told: 'office',
    subject: 'identity_letters',
    model: IdentityLetter,
    from: 'identity_letters t',
    facts: `'name', t.recipient_name`,
    href: (id: number) => screenOf('identity-letters', id),
    tone: 'yours',
    channels: bellAndDigest,
  },
  'message-received': {
    ...thread,
    who: ['administrator', ...desk],
    told: 'author-else-office',
    channels: bellAndDigest,
  },
  'message-late': {
    ...thread,
    tone: 'fail',
    who: desk,
    told: 'author-else-office',
    channels: bellAndDigest,
  },
  'message-answered': {
    ...thread,
    who: ['head', 'employee', 'applicant'],
    told: 'client',
    channels: bellAndLetter,
  },
  'request-answered': { ...request, tone: 'yours', channels: bell },
  'request-refused': { ...request, tone: 'fail', channels: bellAndDigest },
  'request-undelivered': { ...request, tone: 'fail', channels: bellAndDigest },
  'requests-timed-out': {
    ...request,
    tone: 'fail',
    channels: bellAndDigest,
    href: (id, { count }) =>
      count === 1
        ? screenOf('accounting-requests', id)
        : listOf('accounting-requests', { state: 'failed', outcome: 'timed_out' }),
  },
  'request-to-answer': { ...request, tone: 'yours', who: ['accountant'], told: 'office', channels: bell },
  'documents-ready': {
    ...batch,
    tone: 'done',
    channels: bell,
    href: (id) => listOf('documents', { batchId: String(id) }),
  },
  'documents-failed': {
    ...batch,
    tone: 'fail',
    channels: bellAndDigest,
    href: (id) => listOf('documents', { batchId: String(id), state: 'failed' }),
  },
  'document-failed': {
    tone: 'fail',
    who: ['administrator', ...desk],
    told: 'author-else-office',
    channels: bellAndDigest,
    subject: 'documents',
    model: Document,
    from: joined('documents'),
    facts: `'number', t.number, ${organisation}, 'code', coalesce(t.failure_code, '')`,
    href: (id) => screenOf('documents', id),
  },
  'export-ready': { ...madeExport, tone: 'done', channels: bell },
  'export-failed': { ...madeExport, tone: 'fail', channels: bell },
  'mail-failed': { ...mail, tone: 'fail', channels: bellAndDigest },
  'mail-uncertain': { ...mail, tone: 'warn', channels: bellAndDigest },
  'mail-no-address': { ...mail, tone: 'fail', channels: bell },
  'invoices-overdue': {
    tone: 'fail',
    who: desk,
    told: 'office',
    channels: bellAndDigest,
    subject: 'organisations',
    model: null,
    from: 'organisations t',
    facts: `'office', coalesce(t.short_name, t.name)`,
    href: () => `/admin/pages/queue?kind=invoice-overdue`,
  },
  'job-late': { ...job, tone: 'warn', channels: bellAndLetter },
  'job-failed': { ...job, tone: 'fail', channels: bellAndLetter },
  'identity-checked': { ...ownPapers, tone: 'done' },
  'identity-refused': { ...ownPapers, tone: 'fail' },
  'identity-letter-posted': {
    ...ownPapers,
    subject: 'identity_letters',
    model: IdentityLetter,
    from: 'identity_letters t',
    facts: `'name', t.recipient_name`,
    tone: 'theirs',
  },
  'identity-confirmed': { ...ownPapers, tone: 'done' },
  'newcomer-waiting': {
    who: ['head'],
    told: 'client',
    tone: 'yours',
    channels: bellAndLetter,
    subject: 'memberships',
    model: Membership,
    from: `${joined('memberships')} join users u on u.id = t.user_id`,
    facts: `'name', u.name || ' ' || u.surname, ${organisation}`,
    href: () => '/cabinet/pages/people',
  },
  'order-invoiced': {
    who: ['head', 'employee'],
    told: 'client',
    tone: 'yours',
    channels: bellAndLetter,
    subject: 'invoices',
    model: Invoice,
    from: 'invoices t',
    facts: `'number', coalesce(t.number, ''), 'totalMinor', t.total_minor, 'currency', t.currency,
      'lines', (select count(*) from invoice_lines l where l.invoice_id = t.id and l.deleted_at is null)`,
    href: (id, _params, side) => screenOf('invoices', id, side),
  },
  'order-refused': {
    ...order,
    who: ['head', 'employee'],
    told: 'client',
    tone: 'fail',
    channels: bellAndLetter,
  },
  'changes-accepted': {
    ...change,
    who: ['head'],
    told: 'client',
    tone: 'done',
    channels: bellAndDigest,
  },
  'changes-refused': {
    ...change,
    who: ['head'],
    told: 'client',
    tone: 'fail',
    channels: bellAndLetter,
  },
  'membership-accepted': { ...standing, tone: 'done' },
  'membership-refused': { ...standing, tone: 'fail' },
  'membership-closed': { ...standing, tone: 'fail' },
} as const satisfies Record<string, KindSpec>

export type NotificationKind = keyof typeof notificationKinds

/** In the order of the catalogue. */
export const notificationNames = Object.keys(notificationKinds) as NotificationKind[]

export const specOf = (kind: NotificationKind): KindSpec => notificationKinds[kind]
