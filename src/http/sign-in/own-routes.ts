/** Routes of somebody who is signed in and must do one thing before everything else, and the guard that leads them there. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { changePassword } from '../../operations/users/change-password.ts'
import { beginSecondFactor, confirmSecondFactor } from '../../operations/users/second-factor.ts'
import { placesOf } from '../../queries/users/places.ts'
import { principalOf } from '../current-request.ts'
import type { Door } from '../doors.ts'
import { isForProgram } from '../for-program.ts'
import { visitorLanguage } from '../language-cookie.ts'
import { forgiveAttempts, pause, takeAttempt } from '../sign-in-throttle.ts'
import { field, form, paused } from './form.ts'
import type { Look, Said, Visit } from './frame.ts'
import { openSession, saveSession } from './open-session.ts'
import { forgetWanted, wantedOf } from './wanted.ts'
import { againRoutes } from '../ways-in/again-routes.ts'
import { sendCodesPage, sendFactorPage, sendForcedPasswordPage, sendPlacePage } from './own-pages.ts'

export function ownRoutes(door: Door, look: Look): Router {
  const router = Router()
  const visitOf = (request: Request, response: Response): Visit => ({
    door,
    look,
    response,
    language: request.query['lang']
      ? visitorLanguage(request, response)
      : principalOf(response).signedIn.language,
    knowsPasskeys: false,
  })
  const contextOf = (response: Response) => ({ actor: principalOf(response).actor, now: new Date() })

  const passwordPage = (request: Request, response: Response, fault: Said | null, status: number) =>
    sendForcedPasswordPage(visitOf(request, response), {
      email: principalOf(response).signedIn.email,
      audience: door.side,
      fault,
      isCurrentWrong: fault?.key === 'errors.wrong-password' || status === 429,
      status,
    })

  router.get('/password', (request, response) => passwordPage(request, response, null, 200))

  router.post('/password', form, async (request, response) => {
    const { email } = principalOf(response).signedIn
    const ip = request.ip ?? ''
    const next = field(request, 'next')
    if (next !== field(request, 'again'))
      return passwordPage(request, response, { key: 'door.newPassword.differ' }, 400)
    const attempt = await takeAttempt('sign-in', email, ip)
    if (attempt.waitSeconds > 0) return passwordPage(request, response, paused(attempt.waitSeconds), 429)
    try {
      const user = await changePassword(contextOf(response), { current: field(request, 'current'), next })
      await forgiveAttempts('sign-in', email, ip)
      await openSession(request, user)
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      if (!isDomainError(fault, 'wrong-password')) await forgiveAttempts('sign-in', email, ip)
      else if (attempt.left === 0) await pause('sign-in', email)
      const { code, params = {} } = fault
      return passwordPage(request, response, { key: `errors.${code}`, params }, 400)
    }
    response.redirect(303, door.root)
  })

  const factorPage = async (request: Request, response: Response, fault: Said | null, status: number) =>
    sendFactorPage(visitOf(request, response), {
      ...(await beginSecondFactor(contextOf(response), {})),
      fault,
      status,
    })

  router.get('/second-factor', async (request, response) => {
    if (!principalOf(response).mustEnrol) return response.redirect(door.root)
    await factorPage(request, response, null, 200)
  })

  router.post('/second-factor', form, async (request, response) => {
    const { mustEnrol, signedIn } = principalOf(response)
    if (!mustEnrol) return response.redirect(303, door.root)
    const attempt = await takeAttempt('code', String(signedIn.id), request.ip ?? '')
    if (attempt.waitSeconds > 0) return factorPage(request, response, paused(attempt.waitSeconds), 429)
    try {
      const code = field(request, 'code')
      const { codes, sessionVersion } = await confirmSecondFactor(contextOf(response), { code })
      await forgiveAttempts('code', String(signedIn.id), request.ip ?? '')
      await openSession(request, { id: signedIn.id, sessionVersion }, 'code')
      sendCodesPage(visitOf(request, response), codes, signedIn.email)
    } catch (fault) {
      if (!isDomainError(fault, 'wrong-code')) throw fault
      await factorPage(request, response, { key: 'errors.wrong-code' }, 400)
    }
  })

  if (door.side === 'client') {
    router.use(againRoutes(visitOf))

    router.get('/place', async (request, response) => {
      sendPlacePage(visitOf(request, response), await placesOf(principalOf(response).signedIn.id))
    })

    router.post('/place', form, async (request, response) => {
      const places = await placesOf(principalOf(response).signedIn.id)
      const place = places.find(({ membershipId }) => String(membershipId) === field(request, 'membership'))
      if (!place) return sendPlacePage(visitOf(request, response), places)
      request.session.membershipId = place.membershipId
      await saveSession(request)
      forgetWanted(request, response, door)
      response.redirect(303, wantedOf(request, door))
    })
  }
  return router
}

/** Nothing else opens until what stands first is done. */
export const requireReady =
  ({ root }: Door): RequestHandler =>
  (request, response, next) => {
    const { mustChangePassword, mustEnrol } = principalOf(response)
    const [path, code] = mustChangePassword
      ? ['/password', 'password-must-change']
      : mustEnrol
        ? ['/second-factor', 'factor-must-enrol']
        : []
    if (!path) return next()
    if (isForProgram(request)) response.status(403).json({ error: code })
    else response.redirect(303, root + path)
  }
