/** Who asks, when and from where: set once per request by the guard, read anywhere below it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Request, RequestHandler, Response } from 'express'
import type { SignedIn } from '../../admin/desk-types.ts'
import type { Actor } from '../policies/actor.ts'

/** The person behind a session: `actor` for the rules, `signedIn` for the browser. */
export type Principal = Readonly<{
  actor: Actor
  signedIn: SignedIn
  mustChangePassword: boolean
  /** Their role may not do without a second factor, and they have none yet. */
  mustEnrol: boolean
}>

export type CurrentRequest = Readonly<{ principal: Principal; actor: Actor; now: Date; ip: string }>

const store = new AsyncLocalStorage<CurrentRequest>()

/** What the guard found out; only behind the guard. @throws Error when asked outside of it. */
export function principalOf(response: Response): Principal {
  const principal = response.locals['principal'] as Principal | undefined
  if (!principal) throw new Error('the guard has not run')
  return principal
}

export const keepPrincipal = (response: Response, principal: Principal): void => {
  response.locals['principal'] = principal
}

const describe = (request: Request, response: Response): CurrentRequest => {
  const principal = principalOf(response)
  return { principal, actor: principal.actor, now: new Date(), ip: request.ip ?? '' }
}

/**
 * Makes the request known to everything it calls. Belongs *after* the body parser: a large multipart body is read
 * from socket events, and what is entered before them is lost.
 */
export const enterRequest: RequestHandler = (request, response, next) => {
  store.run(describe(request, response), () => next())
}

/** @throws Error outside a request: whatever asks would otherwise act as nobody. */
export function currentRequest(): CurrentRequest {
  const current = store.getStore()
  if (!current) throw new Error('no request is current')
  return current
}

/** Runs `work` as if this person asked: for tests and for work that has no request of its own. */
export const asRequest = <T>(current: CurrentRequest, work: () => T): T => store.run(current, work)
