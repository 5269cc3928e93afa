/** A register asked over HTTP by the protocol of the suggestions services: `findById/party` with a token. */
import { z } from 'zod'
import type { Country } from '../domain/requisites/country.ts'
import { kindOfTaxId } from '../domain/requisites/kind-of-tax-id.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import {
  defineRegister,
  type Register,
  type RegisterAnswer,
  type RegisterQuestion,
  type RegisteredOrganisation,
  type UnavailableReason,
} from './define-register.ts'

export type SuggestionsSettings = Readonly<{
  /** Address of the service without the path of the method. */
  url: string
  token: string
  countries: readonly Country[]
  timeoutMs?: number
  /** After so many failures in a row it is left alone for `pauseMs`. */
  failures?: number
  pauseMs?: number
}>

const source = 'suggestions'
const largestAnswer = 1024 * 1024

const text = z.string().trim().nullish()
const answerShape = z.object({
  suggestions: z.array(
    z.object({
      data: z.object({
        inn: z.string().trim().min(1),
        kpp: text,
        ogrn: text,
        okved: text,
        type: text,
        branch_type: text,
        name: z.object({ full_with_opf: text, short_with_opf: text }),
        address: z.object({ value: text }).nullish(),
        management: z.object({ name: text, post: text }).nullish(),
        fio: z.object({ surname: text, name: text, patronymic: text }).nullish(),
        state: z.object({ status: text, actuality_date: z.number().nullish() }).nullish(),
      }),
    }),
  ),
})
type Party = z.output<typeof answerShape>['suggestions'][number]['data']

const states: Readonly<Record<string, RegisteredOrganisation['state']>> = {
  ACTIVE: 'active',
  REORGANIZING: 'reorganising',
  LIQUIDATING: 'liquidating',
  BANKRUPT: 'bankrupt',
  LIQUIDATED: 'liquidated',
}

/** The other side failed us. `isWorthRetrying` tells a hiccup from a refusal, `pauseMs` is how long it asked for. */
class Unanswered extends Error {
  readonly reason: UnavailableReason
  readonly isWorthRetrying: boolean
  readonly pauseMs: number | undefined
  constructor(reason: UnavailableReason, isWorthRetrying: boolean, pauseMs?: number) {
    super(reason)
    this.reason = reason
    this.isWorthRetrying = isWorthRetrying
    this.pauseMs = pauseMs
  }
}

/**
 * Waits 3 seconds, tries twice, and then says `unavailable`: a registration goes on without it. Neither the token nor
 * the question is ever part of an error or of the log.
 */
export function suggestionsRegister(settings: SuggestionsSettings): Register {
  const { url, token, timeoutMs = 3000, failures = 5, pauseMs = 30_000 } = settings
  const address = new URL('suggestions/api/4_1/rs/findById/party', url.endsWith('/') ? url : `${url}/`)
  const breaker = createCircuitBreaker({ failures, pauseMs })

  const ask = async ({ taxId, kpp }: RegisterQuestion): Promise<Party[]> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        Authorization: `Token ${token}`,
      },
      body: JSON.stringify({ query: taxId, ...(kpp !== null && { kpp }), count: 20 }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw refusalOf(response)
    }
    const parsed = answerShape.safeParse(await jsonOf(response))
    if (!parsed.success) throw new Unanswered('unreadable', false)
    return parsed.data.suggestions.map(({ data }) => data)
  }

  const tryTwice = async (question: RegisterQuestion): Promise<Party[]> => {
    try {
      return await ask(question).catch(asUnanswered)
    } catch (fault) {
      if (!(fault instanceof Unanswered) || !fault.isWorthRetrying) throw fault
      return ask(question).catch(asUnanswered)
    }
  }

  return defineRegister({
    name: source,
    countries: settings.countries,
    isRemembered: true,
    async lookUp(question, now): Promise<RegisterAnswer> {
      if (!breaker.mayTry(performance.now())) return { outcome: 'unavailable', source, reason: 'no-answer' }
      try {
        const parties = await tryTwice(question)
        breaker.succeeded()
        const party = choose(parties, question)
        if (!party) return { outcome: 'not-found', source, asOf: now.toISOString() }
        return {
          outcome: 'found',
          organisation: toOrganisation(party, question),
          source,
          asOf: asOfOf(party, now),
        }
      } catch (fault) {
        if (!(fault instanceof Unanswered)) throw fault
        breaker.failed(performance.now(), fault.pauseMs)
        return { outcome: 'unavailable', source, reason: fault.reason }
      }
    },
  })
}

function refusalOf(response: Response): Unanswered {
  if (response.status === 429) {
    const seconds = Number(response.headers.get('Retry-After'))
    return new Unanswered('too-many', false, Math.min(Math.max(seconds || 60, 1), 3600) * 1000)
  }
  if (response.status >= 500) return new Unanswered('no-answer', true)
  return new Unanswered('refused', false)
}

/** @throws Unanswered for an answer that is not JSON or too large to be one */
async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > largestAnswer) throw new Unanswered('unreadable', false)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Unanswered('unreadable', false)
  }
}

// A connection refused or cut, and a time-out: all the network can do to us.
function asUnanswered(fault: unknown): never {
  if (fault instanceof Unanswered) throw fault
  const name = fault instanceof Error ? fault.name : ''
  if (name === 'TimeoutError' || name === 'AbortError' || fault instanceof TypeError)
    throw new Unanswered('no-answer', true)
  throw fault
}

/** The branch whose КПП was asked for, else the head office. A stranger's number in the answer is no answer. */
function choose(parties: readonly Party[], { taxId, kpp }: RegisterQuestion): Party | undefined {
  const own = parties.filter(({ inn }) => inn === taxId)
  if (kpp !== null) return own.find((party) => party.kpp === kpp)
  return own.find((party) => party.branch_type === 'MAIN') ?? own[0]
}

function toOrganisation(party: Party, { country, taxId }: RegisterQuestion): RegisteredOrganisation {
  const { name, management, fio } = party
  const person = [fio?.surname, fio?.name, fio?.patronymic].filter(Boolean).join(' ')
  const kind = party.type === 'INDIVIDUAL' ? 'entrepreneur' : kindOfTaxId(country, taxId)
  return {
    country,
    taxId,
    kpp: party.kpp || null,
    kind,
    name: name.full_with_opf || name.short_with_opf || taxId,
    shortName: name.short_with_opf || null,
    registrationNumber: party.ogrn || null,
    address: party.address?.value || null,
    headName: management?.name || person || null,
    headPosition: management?.post || null,
    okved: party.okved || null,
    state: states[party.state?.status ?? ''] ?? 'active',
  }
}

/** The register's own date when it gives one. */
function asOfOf(party: Party, now: Date): string {
  const told = party.state?.actuality_date
  return new Date(typeof told === 'number' && told > 0 && told <= now.getTime() ? told : now).toISOString()
}
