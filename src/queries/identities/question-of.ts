/** What a register is asked about somebody's papers. */
import type { IdentityQuestion } from '../../identity/define-checker.ts'
import { Identity } from '../../models/identity.ts'
import { openFacts } from './sealed-facts.ts'

/** Null when these papers wait for nobody any more: taken back, decided, or told anew. */
export async function questionOf(identityId: number, version: number): Promise<IdentityQuestion | null> {
  const identity = await Identity.findByPk(identityId)
  if (!identity || identity.state !== 'waiting' || identity.version !== version) return null
  const { surname, name, patronymic } = identity
  return { facts: openFacts(identity), surname, name, patronymic }
}
