/** What the screens of papers and levels ask of the server, in the office and in the profile of a person. */

/** Papers of a person by field, masked or in full. */
export type PaperFacts = Record<
  'country' | 'number' | 'birthDate' | 'documentKind' | 'series' | 'documentNumber' | 'issuedOn' | 'issuer',
  string | null
>

/** GET /admin/desk/identities/:id; POST …/reveal {reason} answers the facts in full. */
export type IdentitySheet = {
  level: 'simplified' | 'standard' | 'confirmed'
  email: string
  phone: string | null
  facts: PaperFacts
  /** The number was found to be somebody else's: these papers cannot be taken for right. */
  isNumberTaken: boolean
  mayReveal: boolean
  /** What the decisions stand on, read at `/admin/files/identity-check/:id` and `…/identity-confirmation/:id`. */
  files: { check: boolean; confirmation: boolean }
}

/** GET …/desk/profile/phone: how this person is reached, on either side. */
export type OwnContact = {
  email: string
  emailConfirmedAt: string | null
  phone: string | null
  phoneConfirmedAt: string | null
  /** Whether text messages can be sent at all here. */
  hasSms: boolean
  /** Where a code that is still valid was sent. */
  pendingPhone: string | null
  /** Where the organisation is. */
  usualCountry: 'RU' | 'KZ' | 'BY'
}

/** GET /cabinet/desk/profile/identity: how well this person is known, and what leads further. */
export type OwnIdentity = OwnContact & {
  level: IdentitySheet['level']
  /** Somebody who waits to act for anybody has no office yet that could check. */
  hasOffice: boolean
  documentKinds: Readonly<Record<'RU' | 'KZ' | 'BY', readonly string[]>>
  papers: {
    state: 'waiting' | 'checked' | 'refused' | 'withdrawn' | 'confirmed'
    country: 'RU' | 'KZ' | 'BY'
    /** Masked. */
    facts: PaperFacts
    submittedAt: string
    decidedAt: string | null
    /** Null of a refusal: the office has to be asked. */
    reason: string | null
    confirmedAt: string | null
    confirmedWay: 'centre' | 'post' | 'signature' | null
  } | null
  maySubmit: boolean
  mayWithdraw: boolean
  /** The letter with a code that is under way, or the last one when it has ended. */
  letter: {
    state: 'ordered' | 'printed' | 'posted' | 'used' | 'cancelled' | 'expired'
    orderedAt: string
    postedAt: string | null
    expiresAt: string | null
  } | null
  mayOrderLetter: boolean
  /** Whether a signature would be verified now: the statement is at `…/desk/profile/signature/identity`. */
  maySign: boolean
}
