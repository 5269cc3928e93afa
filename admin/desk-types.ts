/** What the back-office screens ask of the server beyond AdminJS's own API: the shapes of every `/admin/desk/*` answer. */

/** Whose move it is; one colour each (see docs/direction.md). */
export type Tone = 'draft' | 'yours' | 'theirs' | 'warn' | 'done' | 'fail' | 'closed'

/** A number that stops counting at a limit: shown as «10 000+». */
export type CappedCount = { count: number; isCapped: boolean }

/** GET /admin/desk/search?q=… */
export type SearchGroupKey =
  | 'organisations'
  | 'people'
  | 'contracts'
  | 'invoices'
  | 'requests'
  | 'documents'
  | 'orders'
  | 'threads'
export type SearchHit = {
  id: number
  title: string
  /** What tells two equal titles apart: ИНН, the organisation of an invoice, … */
  subtitle: string
  href: string
  /** The piece of title or subtitle that matched, as it stands there; empty when the match is not literal. */
  match: string
}
export type SearchAnswer = { query: string; groups: { key: SearchGroupKey; hits: SearchHit[] }[] }
/** GET /admin/desk/counters: numbers beside the navigation. Keys are resource ids or page names. */
export type Counters = { navigation: Record<string, { count: number; tone: 'quiet' | 'fail' }> }

/** GET /admin/desk/chips/:resourceId[?filters…] */
export type ChipCounts = Record<string, CappedCount>

/** One thing that waits for this person; GET /admin/desk/queue?kind=&page= lists them all. */
export type QueueItem = {
  key: string
  kind:
    | 'message-waiting'
    | 'registration-waiting'
    | 'request-refused'
    | 'request-answered'
    | 'request-late'
    | 'request-timed-out'
    | 'request-to-answer'
    | 'mail-failed'
    | 'mail-uncertain'
    | 'mail-no-address'
    | 'document-failed'
    | 'lines-to-ship'
    | 'lines-without-act'
    | 'acts-to-publish'
    | 'contract-expires'
    | 'invoice-overdue'
    | 'job-failed'
    | 'export-failed'
    | 'change-requested'
    | 'order-placed'
    | 'identity-waiting'
    | 'letter-to-post'
  tone: Tone
  /** Values for the sentence `queue.<kind>.title` / `.detail` of the locale file. */
  params: Record<string, string | number>
  organisation: { id: number; name: string } | null
  at: string
  href: string
  /** The one step that settles it; null when opening the record is the step. POSTed to the AdminJS action named. */
  action: { resourceId: string; recordId: number; name: string } | null
}

/** GET /admin/desk/home */
export type Home = {
  queue: { items: QueueItem[]; total: number; overdue: number }
  /** Last 14 days, oldest first; what each means is `home.stats.<key>` in the locale file. */
  stats: {
    key: 'shipped' | 'answer_minutes' | 'documents' | 'overdue_invoices'
    value: number
    previous: number
    amounts?: { currency: string; minor: number }[]
    days: { on: string; value: number }[]
  }[]
  recent: { id: number; name: string; taxIdLabel: string; taxId: string | null; href: string }[]
  work: Work[]
}

/** GET /admin/desk/work: background work of this person that runs or has just ended. */
export type Work = {
  key: string
  kind: 'documents' | 'publish' | 'export' | 'accounting' | 'register-import'
  title: { code: string; params: Record<string, string | number> }
  done: number
  total: number | null
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  failed: number
  /** Where the result is; null until there is one. */
  href: string | null
  canCancel: boolean
  startedAt: string
}

/** GET /admin/desk/organisations/:id */
export type OrganisationCard = {
  id: number
  name: string
  state: string
  country: 'RU' | 'KZ' | 'BY'
  codes: { label: 'inn' | 'bin' | 'iin' | 'unp' | 'kpp' | 'ogrn' | 'ogrnip'; value: string }[]
  contracts: { id: number; label: string; isExpired: boolean }[]
  tabs: Record<'lines' | 'contracts' | 'employees' | 'files' | 'documents' | 'threads', number>
  facts: {
    head: string | null
    phone: string | null
    email: string | null
    /** Letters do not reach it, in the words of the mail server. */
    emailFailing: { since: string; reason: string } | null
    debt: { currency: string; minor: number }[]
  }
  /** Requisites that are wrong or were accepted in spite of it. */
  faults: Record<string, { code: string; params?: Record<string, string | number> }>
  override: { reason: string; by: string; at: string } | null
  /** Accounting answers waiting for «Подтвердить», and failures waiting for a decision. */
  messages: RequestMessage[]
  history: HistoryEntry[]
  may: Record<string, boolean>
}
export type RequestMessage = {
  requestId: number
  number: string
  outcome: 'confirmed' | 'refused' | 'timed_out' | 'undelivered'
  taxDocuments: { kind: 'upd' | 'tax_invoice'; number: string; on: string }[]
  failure: { code: string; text: string | null } | null
  at: string
  may: { acknowledge: boolean; retry: boolean }
}

/** GET /admin/desk/organisations/:id/lines[?contractId=&standing=] : invoices with their lines, newest first, a page at a time. */
export type OrganisationLines = {
  invoices: {
    id: number
    number: string | null
    issuedOn: string | null
    dueOn: string | null
    paidOn: string | null
    state: string
    overdueDays: number
    totalMinor: number
    currency: string
    portalOrderNumber: string | null
    lines: DeskLine[]
  }[]
  /** How many lines stand where, whatever is shown. */
  standings: Record<string, number>
  page: number
  hasMore: boolean
}
/** GET /admin/desk/accounting-requests/:id/lines: what was asked and what accounting answered, line by line. */
export type RequestLines = { lines: RequestLine[] }
export type RequestLine = {
  lineId: number
  name: string
  quantity: string
  unit: string
  totalMinor: number
  currency: string
  /** Null until accounting has answered. */
  taxDocumentKind: 'upd' | 'tax_invoice' | null
  taxDocumentNumber: string | null
  taxDocumentOn: string | null
  externalNumber: string | null
  comment: string | null
  /** Received УПД and счета-фактуры. */
  received: DeskDocument[]
  licences: DeskDocument[]
  acts: DeskDocument[]
}
export type DeskLine = {
  id: number
  name: string
  kind: 'service' | 'licence' | 'goods'
  quantity: string
  unit: string
  totalMinor: number
  currency: string
  state: string
  paidOn: string | null
  shippedOn: string | null
  validFrom: string | null
  validTo: string | null
  comment: string | null
  /** The state, or `refused` and `unanswered` while accounting has it. */
  standing: string
  /** The accounting request the line is or was in last. */
  request: LineRequest | null
  licences: DeskDocument[]
  acts: DeskDocument[]
  received: DeskDocument[]
}
/** A request as the row of its line tells it; `at` is when it was sent or answered. */
export type LineRequest = {
  id: number
  number: string
  state: string
  outcome: string | null
  shipmentOn: string
  at: string
}
export type DeskDocument = {
  id: number
  kind: string
  number: string
  issuedOn: string
  issuedBy: string | null
  state: string
  href: string
  hasFile: boolean
  seenAt: string | null
}

/** GET /admin/desk/history/:resourceId/:recordId?before= */
export type HistoryEntry = {
  id: number
  at: string
  actor: string
  /** Sentence `history.<operation>` of the locale file, filled with params. */
  operation: string
  params: Record<string, string | number>
  changes: { property: string; before: unknown; after: unknown }[]
  note: string | null
}
/** Who created, last edited, deleted and restored a record, and when (S3-14). */
export type Provenance = Partial<
  Record<'created' | 'updated' | 'deleted' | 'restored', { by: string | null; at: string }>
>

/** GET /admin/desk/jobs */
export type JobsConsole = {
  jobs: {
    name: string
    description: string
    schedule: string
    timezone: string
    lastRunAt: string | null
    lastResult: 'ok' | 'failed' | null
    lastError: string | null
    lastDurationMs: number | null
    nextRunAt: string | null
    isPaused: boolean
    isLate: boolean
  }[]
  queues: {
    topic: string
    waiting: number
    working: number
    dead: number
    uncertain: number
    oldestAt: string | null
  }[]
  failures: {
    id: number
    topic: string
    code: string
    params: Record<string, string | number>
    attempts: number
    at: string
    subject: { label: string; href: string } | null
    state: 'dead' | 'uncertain'
    canRetry: boolean
  }[]
  mayManage: boolean
}

/** GET /admin/desk/register */
export type RegisterDesk = {
  countries: {
    country: 'RU' | 'KZ' | 'BY'
    organisations: number
    /** The day the newest file vouches for. */
    asOf: string | null
    /** Whether a register outside is asked as well. */
    hasService: boolean
  }[]
  imports: RegisterImportFacts[]
  may: { watch: boolean; import: boolean }
}
/** GET /admin/desk/register/imports/:id */
export type RegisterImportFacts = {
  id: number
  country: 'RU' | 'KZ' | 'BY'
  asOf: string
  fileName: string
  fileSize: number
  state: 'draft' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  rowsTotal: number | null
  rowsRead: number
  rowsBad: number
  rowsAdded: number
  rowsChanged: number
  rowsUnchanged: number
  isStopping: boolean
  failure: { code: string; params: Record<string, string | number> } | null
  by: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  may: { run: boolean; cancel: boolean; retry: boolean; download: boolean }
  /** The look into the file, until it is run. */
  look: {
    shape: { format: 'csv'; encoding: string; delimiter: string } | { format: 'xlsx' }
    /** 0 without headers. */
    headerRow: number
    columns: string[]
    mapping: Record<string, number>
    rows: { number: number; cells: string[] }[]
    checked: number
    good: number
    bad: number
    faults: { number: number; field: string; code: string; params: Record<string, string | number> }[]
  } | null
}
/** POST /admin/desk/register/look-up */
export type RegisterLookUp = {
  answer:
    | { outcome: 'found'; organisation: RegisterFound; source: string; asOf: string }
    | { outcome: 'not-found'; source: string; asOf: string }
    | { outcome: 'unavailable'; source: string; reason: string }
  /** Our own organisations with this tax id, as far as this person may see them. */
  known: { id: number; name: string; state: string }[]
}
export type RegisterFound = {
  country: 'RU' | 'KZ' | 'BY'
  taxId: string
  kpp: string | null
  kind: string
  name: string
  shortName: string | null
  registrationNumber: string | null
  address: string | null
  headName: string | null
  headPosition: string | null
  okved: string | null
  state: string
}

/** The browser's copy of who is signed in; printed into the page, so nothing secret belongs here. */
export type SignedIn = {
  id: number
  name: string
  email: string
  role: 'administrator' | 'operator' | 'accountant' | 'support' | 'head' | 'employee' | 'applicant'
  side: 'staff' | 'client'
  office: string | null
  /** The client a person acts for in the cabinet; null for the staff, and for an applicant who has none. */
  organisation: { id: number; name: string } | null
  /** How many organisations the person may act for. */
  places: number
  language: 'ru' | 'en'
  timezone: string
  preferences: { columns?: Record<string, string[]>; perPage?: number; recent?: number[] }
}

/** POST /admin/desk/requisites: what is wrong with what is being typed, by field; empty when nothing is. */
export type TypedFaults = Record<string, TypedFault>
export type TypedFault = {
  /** `format` blocks submitting; the others a person may accept with a reason. */
  kind: 'format' | 'checksum' | 'cross'
  code: string
  params?: Record<string, string | number>
  /** The value most likely meant. */
  suggestion?: string
}
