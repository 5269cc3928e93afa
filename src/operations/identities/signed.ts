/** What a verified signature brings along, and the rule that it is the person's own. */
import { DomainError } from '../../domain/errors.ts'
import { normaliseName } from '../../domain/normalise-name.ts'
import type { Signer } from '../../identity/define-verifier.ts'
import type { Uploaded } from '../store-upload.ts'

export type Signed = Readonly<{
  /** The row the statement was about, as it stood. */
  id: number
  version: number
  text: string
  signer: Signer
  /** Which verifier vouches for it. */
  source: string
  /** The signature itself, which proves nothing without the text. */
  evidence: Uploaded
}>

type Named = Readonly<{ surname: string; name: string; patronymic: string | null }>

/** @throws DomainError `signature.other-person` */
export function demandSamePerson(signer: Signer, { surname, name, patronymic }: Named): void {
  const own = [surname, name, patronymic].filter(Boolean).join(' ')
  if (normaliseName(signer.name) !== normaliseName(own)) throw new DomainError('signature.other-person')
}
