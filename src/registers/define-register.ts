/** The port to a register of organisations: one place to ask whose a tax id is, whoever keeps it. */
import type { Country } from '../domain/requisites/country.ts'
import type { OrganisationKind } from '../domain/requisites.ts'

export const registeredStates = ['active', 'reorganising', 'liquidating', 'bankrupt', 'liquidated'] as const

export type RegisteredState = (typeof registeredStates)[number]

/** What is asked: a checked tax id; a КПП tells a branch from its head office. */
export type RegisterQuestion = Readonly<{ country: Country; taxId: string; kpp: string | null }>

/** What a public register says of an organisation, and nothing of ours. */
export type RegisteredOrganisation = Readonly<{
  country: Country
  taxId: string
  kpp: string | null
  kind: OrganisationKind
  name: string
  shortName: string | null
  registrationNumber: string | null
  address: string | null
  headName: string | null
  headPosition: string | null
  okved: string | null
  state: RegisteredState
}>

/**
 * Why a register could not answer: none is connected, it is slow or away, it sent us off for asking too much, it does
 * not accept our token, or what it sent cannot be understood. Sentences are under `register.unavailable.*`.
 */
export type UnavailableReason = 'not-connected' | 'no-answer' | 'too-many' | 'refused' | 'unreadable'

/** `asOf` is the moment the register itself vouches for, as an ISO instant. */
export type RegisterAnswer =
  | Readonly<{ outcome: 'found'; organisation: RegisteredOrganisation; source: string; asOf: string }>
  | Readonly<{ outcome: 'not-found'; source: string; asOf: string }>
  | Readonly<{ outcome: 'unavailable'; source: string; reason: UnavailableReason }>

export type Register = Readonly<{
  /** What `register_checks.source` holds; its words are `register.sources.<name>`. */
  name: string
  countries: readonly Country[]
  /** Whether its answers are worth keeping: true when asking costs money or time. */
  isRemembered: boolean
  /** Answers within seconds and never throws for the sake of the other side: trouble is `unavailable`. */
  lookUp: (question: RegisterQuestion, now: Date) => Promise<RegisterAnswer>
}>

export const defineRegister = (register: Register): Register => register
