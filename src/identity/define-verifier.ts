/** The port to whoever verifies e-signatures: a service or a cryptographic library answers here, one for each country or none. */
import type { Country } from '../domain/requisites/country.ts'
import { DomainError } from '../domain/errors.ts'

/** What is asked: the very bytes that were handed out to be signed, and the signature that came back apart from them. */
export type SignatureQuestion = Readonly<{ country: Country; document: Buffer; signature: Buffer }>

/** Who signed, as the certificate says: digits only, null for what it does not say. */
export type Signer = Readonly<{
  name: string
  /** СНИЛС, ИИН, or the identification number of Belarus. */
  number: string | null
  /** Of the person. */
  taxId: string | null
  /** Of the organisation the certificate was issued for. */
  organisationTaxId: string | null
  /** ISO instants. */
  validFrom: string
  validTo: string
}>

/** Sentences are under `errors.signature.*`. */
export const refusals = ['unreadable', 'other-document', 'broken', 'untrusted', 'expired', 'revoked'] as const

export type SignatureAnswer =
  | Readonly<{ outcome: 'valid'; signer: Signer }>
  | Readonly<{ outcome: 'refused'; reason: (typeof refusals)[number] }>
  | Readonly<{ outcome: 'unavailable' }>

export type SignatureVerifier = Readonly<{
  name: string
  countries: readonly Country[]
  /** Answers within seconds; trouble of the other side is `unavailable`, thrown is only what is a defect. */
  verify: (question: SignatureQuestion, now: Date) => Promise<SignatureAnswer>
}>

/** Those of this installation: none yet, so whatever a signature would prove is the decision of a person. */
const connected = new Set<SignatureVerifier>()

/** From now on signatures of its countries are taken; what it gives back ends that. */
export function connectVerifier(verifier: SignatureVerifier): () => void {
  connected.add(verifier)
  return () => void connected.delete(verifier)
}

const verifierOf = (country: Country): SignatureVerifier | undefined =>
  [...connected].find(({ countries }) => countries.includes(country))

/** Whether a signature of this country can be verified at all here. */
export const takesSignatures = (country: Country): boolean => verifierOf(country) !== undefined

/**
 * Who signed exactly this document with a certificate that is good today.
 * @throws DomainError `signature.<why not>`; `signature.unavailable` and `signature.not-connected` leave it to a person
 */
export async function signerOf(
  question: SignatureQuestion,
  now: Date,
): Promise<Readonly<{ signer: Signer; source: string }>> {
  const verifier = verifierOf(question.country)
  if (!verifier) throw new DomainError('signature.not-connected')
  const answer = await verifier.verify(question, now)
  if (answer.outcome === 'unavailable') throw new DomainError('signature.unavailable')
  if (answer.outcome === 'refused') throw new DomainError(`signature.${answer.reason}`)
  const { signer } = answer
  if (new Date(signer.validTo) < now || new Date(signer.validFrom) > now)
    throw new DomainError('signature.expired')
  return { signer, source: verifier.name }
}
