/** A new password by the link of a letter. The token travels in a cookie of this page alone, never in an address that is kept. */
import { Router, type Request, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { log } from '../../log.ts'
import { audienceOf, ownerOf } from '../../operations/users/own-account.ts'
import { openPasswordLink, setPasswordByLink } from '../../operations/users/password-links.ts'
import type { Side } from '../../policies/actor.ts'
import { doors } from '../doors.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { forgiveAttempts } from '../sign-in-throttle.ts'
import { field, form } from './form.ts'
import type { Visit } from './frame.ts'
import { forgetToken, handedToken, handOver, type Counter } from './handed-token.ts'
import { sendGonePage, sendNewPasswordPage } from './recovery-pages.ts'

const counterOf = (root: string): Counter => ({
  path: `${root}/new-password`,
  cookie: 'certdesk.new-password',
})

export const handOverPassword = (response: Response, side: Side, token: string): void =>
  handOver(response, counterOf(doors[side].root), token)

export function newPasswordRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()

  router.get('/new-password', async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const token = handedToken(request, counterOf(visit.door.root))
      const { user, purpose } = await lookUpSecret(request, () => openPasswordLink(token, new Date()))
      sendNewPasswordPage(visit, { purpose, email: user.email, audience: audienceOf(user), fault: null })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendGonePage(visit, fault.code)
    }
  })

  router.post('/new-password', form, async (request, response) => {
    const visit = visitOf(request, response)
    const token = handedToken(request, counterOf(visit.door.root))
    const [next, again] = [field(request, 'next'), field(request, 'again')]
    const now = new Date()
    try {
      const { user, purpose } = await lookUpSecret(request, () => openPasswordLink(token, now))
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
      forgetToken(response, counterOf(root))
      response.redirect(303, `${root}/login?done=password`)
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendGonePage(visit, fault.code)
    }
  })
  return router
}
