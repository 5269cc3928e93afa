/** What the cabinet's screens ask of the server: the shapes of every `/cabinet/desk/*` answer. */
import type { SignedIn } from './desk-types.ts'

type Money = { minor: number; currency: string }

/** GET /cabinet/desk/home */
export type CabinetHome = {
  /** What waits for this person, the most pressing first. */
  waiting: CabinetTask[]
  /** What this person has asked for and others work on. */
  underway: CabinetWish[]
  services: { items: CabinetService[]; total: number }
  /** Of a person who may act for nobody yet: what was asked and what became of it. */
  standing: CabinetStanding[]
}

export type CabinetTask =
  | {
      kind: 'invoice'
      id: number
      number: string
      issuedOn: string
      dueOn: string | null
      rest: Money
      isPartPaid: boolean
      isOverdue: boolean
      /** Names of the first lines, and how many more there are. */
      about: string[]
      more: number
      hasQr: boolean
      hasFile: boolean
    }
  | { kind: 'papers'; id: number; papers: CabinetPaper[]; about: string[]; more: number }
  /** An answer of the office this person has not read; `id` is the thread. */
  | { kind: 'answer'; id: number; title: string; author: string; text: string; at: string }
  | { kind: 'newcomer'; id: number; name: string; role: SignedIn['role']; at: string }

export type CabinetPaper = { id: number; kind: 'act' | 'licence' | 'tax_invoice' | 'upd'; number: string }

export type CabinetWish =
  | { kind: 'order'; id: number; name: string; at: string }
  | { kind: 'change'; id: number; fields: string[]; at: string }

export type CabinetService = { id: number; name: string; state: string; validTo: string | null }

export type CabinetStanding = {
  key: string
  organisation: string | null
  office: string
  state: 'pending' | 'refused' | 'blocked' | 'departed'
  reason: string | null
  /** Whether the organisation has a head in the cabinet who decides; else the office does. */
  isDecidedByHead: boolean
  /** Whether a signature would decide instead: the statement is at `…/desk/profile/signature/registration`. */
  maySign: boolean
  at: string
  /** The newest refusal of a wish that may be corrected and sent again. */
  mayAskAgain: boolean
}

/** GET /cabinet/desk/places: for whom this person may act. POST /cabinet/desk/place {membershipId} chooses one. */
export type CabinetPlaces = { places: CabinetPlace[] }
export type CabinetPlace = {
  membershipId: number
  organisation: string | null
  office: string
  role: SignedIn['role']
  isCurrent: boolean
}

/** GET /cabinet/desk/invoices/:id */
export type CabinetInvoice = {
  lines: {
    id: number
    name: string
    quantity: string
    unit: string
    priceMinor: number
    totalMinor: number
    vatPercent: string | null
    state: string
  }[]
  currency: string
  restMinor: number
  isOverdue: boolean
  /** Of the printed invoice; null while it is being printed. */
  hasFile: boolean
  papers: (CabinetPaper & { seenAt: string | null })[]
  /** Null when nothing is to be paid, or nobody knows where to. */
  payment: CabinetPayment | null
}
export type CabinetPayment = {
  payee: string
  taxId: string | null
  kpp: string | null
  bank: string
  bic: string
  account: string
  correspondentAccount: string | null
  purpose: string
  hasQr: boolean
}

/** GET /cabinet/desk/people */
export type CabinetPeople = {
  people: CabinetPerson[]
  /** Letters nobody has answered yet, those whose time is over too. */
  invitations: CabinetInvitation[]
  mayInvite: boolean
}
export type CabinetInvitation = {
  id: number
  name: string
  email: string
  role: SignedIn['role']
  state: 'sent' | 'expired'
  expiresAt: string
  may: string[]
}
export type CabinetPerson = {
  key: string
  name: string
  position: string | null
  email: string | null
  /** Null for a person in the card of the organisation who has no account. */
  membershipId: number | null
  role: SignedIn['role'] | null
  state: 'pending' | 'active' | 'blocked' | 'refused' | 'departed' | null
  reason: string | null
  at: string | null
  isMe: boolean
  may: string[]
}

/** GET /cabinet/desk/changes: what was asked lately about the requisites. */
export type CabinetChanges = {
  requests: {
    id: number
    state: 'pending' | 'accepted' | 'refused' | 'withdrawn'
    changes: Record<string, { before: string | null; after: string | null }>
    reason: string | null
    decisionReason: string | null
    at: string
    decidedAt: string | null
    mayWithdraw: boolean
  }[]
  mayPropose: boolean
  /** An earlier wish waits: until it is decided or taken back there is no other. */
  isWaiting: boolean
}
