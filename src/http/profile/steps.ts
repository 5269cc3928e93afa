/** How one's own account is changed over HTTP: a refusal for the page to show, recent proof where it is due, guesses under the throttle. */
import type { Request, RequestHandler, Response } from 'express'
import type { ProfileRefusal } from '../../../admin/profile-types.ts'
import { DomainError, isDomainError } from '../../domain/errors.ts'
import { forgiveAttempts, pause, takeAttempt, type AttemptKind } from '../sign-in-throttle.ts'

// What opens an account is changed only by somebody who has just shown that it is theirs.
const PROOF_MS = 15 * 60_000

type Step = (request: Request, response: Response) => Promise<unknown>

/** A change: its answer, or the refusal the page shows beside what it is about. */
export const act =
  (step: Step): RequestHandler =>
  async (request, response) => {
    try {
      response.json({ result: (await step(request, response)) ?? null })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      const { code, params, fields } = fault
      const refusal: ProfileRefusal = { code, ...(params && { params }), ...(fields && { fields }) }
      response.json({ refusal })
    }
  }

/** Only within a quarter of an hour after a sign-in or a repeated password. */
export const proved =
  (step: Step): Step =>
  (request, response) => {
    if (Date.now() - (request.session.provedAt ?? 0) > PROOF_MS) throw new DomainError('prove-first')
    return step(request, response)
  }

/** Runs a guess under the throttle: the try is taken before it is looked at, and given back when it was right. */
export async function guess<T>(
  request: Request,
  kind: AttemptKind,
  subject: string,
  wrong: string,
  work: () => Promise<T>,
): Promise<T> {
  const ip = request.ip ?? ''
  const attempt = await takeAttempt(kind, subject, ip)
  if (attempt.waitSeconds > 0)
    throw new DomainError('too-many-tries', { count: Math.ceil(attempt.waitSeconds / 60) })
  try {
    const result = await work()
    await forgiveAttempts(kind, subject, ip)
    return result
  } catch (fault) {
    if (!isDomainError(fault, wrong)) await forgiveAttempts(kind, subject, ip)
    else if (attempt.left === 0) await pause(kind, subject)
    throw fault
  }
}
