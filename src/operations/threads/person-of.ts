/** Whoever writes is a person with an account. */
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../policies/actor.ts'

/** The actor's id. @throws DomainError `forbidden` for the system and for holders of links */
export function personOf({ kind, id }: Actor): number {
  if (kind !== 'user' || id === null) throw new DomainError('forbidden')
  return id
}
