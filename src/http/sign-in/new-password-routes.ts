/** A new password by the link of a letter. The token travels in a cookie of this page alone, never in an address that is kept. */
import { Router, type Request, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { log } from '../../log.ts'
import { audienceOf, ownerOf } from '../../operations/users/own-account.ts'
import { openPasswordLink, setPasswordByLink } from '../../operations/users/password-links.ts'
import { doors } from '../doors.ts'
import { forgiveAttempts, takeAttempt } from '../sign-in-throttle.ts'
import { field, form } from './form.ts'
import type { Visit } from './frame.ts'
import { sendGonePage, sendNewPasswordPage } from './recovery-pages.ts'

const COOKIE = 'certdesk.new-password'
const HOUR = 3_600_000

const pathOf = (root: string): string => `${root}/new-password`

const tokenOf = (request: Request): string => {
  const pair = (request.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(`${COOKIE}=`))
  return pair?.slice(COOKIE.length + 1) ?? ''
}

/**
 * Takes the token out of the address: the page that follows has none in its own, so neither history nor a referrer
 * can tell it. The link is not used up by being looked at, as programs that read letters do.
 */
export function handOverToken(response: Response, side: 'staff' | 'client', token: string): void {
  const path = pathOf(doors[side].root)
  response.cookie(COOKIE, token, {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: response.req.secure,
    maxAge: HOUR,
  })
  const language = response.req.query['lang'] === 'en' ? '?lang=en' : ''
  response.redirect(303, path + language)
}

export function newPasswordRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()

  const refuse = async (request: Request, visit: Visit, code: string): Promise<void> => {
    if (code === 'link-unknown') {
      const attempt = await takeAttempt('link', null, request.ip ?? '')
      if (attempt.waitSeconds > 0) {
        visit.response.set('Retry-After', String(attempt.waitSeconds))
        return sendGonePage(visit, 'link-often')
      }
    }
    sendGonePage(visit, code)
  }

  router.get('/new-password', async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const { user, purpose } = await openPasswordLink(tokenOf(request), new Date())
      sendNewPasswordPage(visit, { purpose, email: user.email, audience: audienceOf(user), fault: null })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      await refuse(request, visit, fault.code)
    }
  })

  router.post('/new-password', form, async (request, response) => {
    const visit = visitOf(request, response)
    const token = tokenOf(request)
    const [next, again] = [field(request, 'next'), field(request, 'again')]
    const now = new Date()
    try {
      const { user, purpose } = await openPasswordLink(token, now)
      const page = { purpose, email: user.email, audience: audienceOf(user), status: 400 }
      if (next !== again)
        return sendNewPasswordPage(visit, { ...page, fault: { key: 'door.newPassword.differ' } })
      try {
        await setPasswordByLink({ actor: ownerOf(user), now }, { token, password: next })
      } catch (fault) {
        if (!isDomainError(fault) || !fault.code.startsWith('password-')) throw fault
        const { code, params = {} } = fault
        return sendNewPasswordPage(visit, { ...page, fault: { key: `errors.${code}`, params } })
      }
      await forgiveAttempts('sign-in', user.email, request.ip ?? '')
      log.info({ userId: user.id, ip: request.ip, purpose }, 'a password was set by a link')
      const { root } = visit.door
      response.clearCookie(COOKIE, { path: pathOf(root) })
      response.redirect(303, `${root}/login?done=password`)
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      await refuse(request, visit, fault.code)
    }
  })
  return router
}
