/** What is reached by a secret in an address or a cookie: an address of the network may name only so many that do not exist. */
import type { Request } from 'express'
import { DomainError, isDomainError } from '../domain/errors.ts'
import { countWrong, waitOf, type AttemptKind } from './sign-in-throttle.ts'

/**
 * Looks a secret up unless this address has guessed too often, in any web process. Only what does not exist is counted:
 * whoever holds a true link opens it as often as they like. While the pause lasts nothing is looked up, a true one
 * neither, so that its answers tell a guesser nothing.
 * @throws DomainError `link-often`, and whatever `look` throws; `link-unknown` of it is a wrong guess
 */
export async function lookUpSecret<T>(
  request: Request,
  look: () => Promise<T>,
  kind: AttemptKind = 'link',
): Promise<T> {
  const ip = request.ip ?? ''
  const seconds = await waitOf(kind, ip)
  if (seconds > 0) {
    request.res?.set('Retry-After', String(seconds))
    throw new DomainError('link-often', { minutes: Math.ceil(seconds / 60) })
  }
  try {
    return await look()
  } catch (fault) {
    if (isDomainError(fault, 'link-unknown')) await countWrong(kind, ip)
    throw fault
  }
}
