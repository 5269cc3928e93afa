/** Accepting an invitation by the link of a letter: an account is opened, or the one there is gets a place. */
import { Router, type Request, type Response } from 'express'
import { isDomainError } from '../../domain/errors.ts'
import { log } from '../../log.ts'
import { acceptInvitation, openInvitation } from '../../operations/invitations/accept-invitation.ts'
import { linkActor } from '../../policies/actor.ts'
import { invitationFacts } from '../../queries/mails/invitation-facts.ts'
import { doors } from '../doors.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { field, form, isLanguageSwitch } from '../sign-in/form.ts'
import type { Visit } from '../sign-in/frame.ts'
import { forgetToken, handedToken, handOver } from '../sign-in/handed-token.ts'
import { openSession } from '../sign-in/open-session.ts'
import { sendInvitationGone, sendInvitationPage, type Typed } from './invitation-pages.ts'

const counter = { path: `${doors.client.root}/invitation`, cookie: 'certdesk.invitation' }

export const handOverInvitation = (response: Response, token: string): void =>
  handOver(response, counter, token)

const typedIn = (request: Request): Typed => ({
  surname: field(request, 'surname').slice(0, 100),
  name: field(request, 'name').slice(0, 100),
  patronymic: field(request, 'patronymic').slice(0, 100),
})

export function invitationRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()

  router.get('/invitation', async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const token = handedToken(request, counter)
      const { invitation, user } = await lookUpSecret(request, () => openInvitation(token, new Date()))
      const facts = await invitationFacts(invitation.id)
      if (!facts) return sendInvitationGone(visit, 'link-revoked')
      const { surname, name, patronymic, email, expiresAt } = invitation
      const typed = { surname, name, patronymic: patronymic ?? '' }
      sendInvitationPage(visit, { facts, email, expiresAt, hasAccount: user?.state === 'active', typed })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendInvitationGone(visit, fault.code)
    }
  })

  router.post('/invitation', form, async (request, response) => {
    const visit = visitOf(request, response)
    const token = handedToken(request, counter)
    const now = new Date()
    try {
      const { invitation, user: known } = await lookUpSecret(request, () => openInvitation(token, now))
      const facts = await invitationFacts(invitation.id)
      if (!facts) return sendInvitationGone(visit, 'link-revoked')
      const hasAccount = known?.state === 'active'
      const typed = typedIn(request)
      const page = {
        facts,
        email: invitation.email,
        expiresAt: invitation.expiresAt,
        hasAccount,
        typed,
        status: 400,
      }
      if (isLanguageSwitch(request)) return sendInvitationPage(visit, { ...page, status: 200 })
      const [next, again] = [field(request, 'next'), field(request, 'again')]
      if (!hasAccount && (typed.surname.trim() === '' || typed.name.trim() === ''))
        return sendInvitationPage(visit, { ...page, nameFault: { key: 'errors.required' } })
      if (!hasAccount && next !== again)
        return sendInvitationPage(visit, { ...page, fault: { key: 'door.newPassword.differ' } })
      try {
        const context = { actor: linkActor(invitation.email, invitation.officeId), now }
        const { user, isNew } = await acceptInvitation(context, { token, password: next, ...typed })
        forgetToken(response, counter)
        log.info(
          { userId: user.id, invitationId: invitation.id, ip: request.ip },
          'an invitation was accepted',
        )
        // Whoever has an account signs in to it: a letter must not stand in for a password and a second factor.
        if (!isNew) return response.redirect(303, `${doors.client.root}/login?done=invitation`)
        await openSession(request, user, 'password')
        response.redirect(303, doors.client.root)
      } catch (fault) {
        if (!isDomainError(fault) || !fault.code.startsWith('password-')) throw fault
        const { code, params = {} } = fault
        sendInvitationPage(visit, { ...page, fault: { key: `errors.${code}`, params } })
      }
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendInvitationGone(visit, fault.code)
    }
  })
  return router
}
