/** Registration by a link of an office (S1-03…05), and the confirmation of a mailbox that every registration waits for. */
import { Router, type Request, type Response } from 'express'
import { DomainError, isDomainError, type FieldFaults } from '../../domain/errors.ts'
import { Organisation } from '../../models/organisation.ts'
import { openLink } from '../../operations/links/personal-links.ts'
import { confirmRegistration, openRegistration } from '../../operations/registrations/confirm-registration.ts'
import { registerByLink } from '../../operations/registrations/request-registration.ts'
import { systemContext } from '../../operations/system-context.ts'
import { doors } from '../doors.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { takeAttempt } from '../sign-in-throttle.ts'
import { field, form, isLanguageSwitch, paused } from '../sign-in/form.ts'
import type { Visit } from '../sign-in/frame.ts'
import { forgetToken, handedToken, handOver } from '../sign-in/handed-token.ts'
import { sendConfirmed, sendConfirmPage, sendJoinPage, sendLinkGone, sendMailSent } from './join-pages.ts'

const { root } = doors.client
const joining = { path: `${root}/join`, cookie: 'certdesk.join' }
const confirming = { path: `${root}/confirm`, cookie: 'certdesk.confirm' }

export const handOverRegistration = (response: Response, token: string): void =>
  handOver(response, joining, token)
export const handOverConfirmation = (response: Response, token: string): void =>
  handOver(response, confirming, token)

/** The name of the office whose link it is. @throws DomainError why the link opens nothing */
async function officeOf(request: Request, token: string, now: Date): Promise<string> {
  const { officeId } = await lookUpSecret(request, async () => {
    const link = await openLink(token, now)
    if (link.purpose !== 'registration') throw new DomainError('link-unknown')
    return link
  })
  const office = await Organisation.findByPk(officeId ?? 0, { rejectOnEmpty: true })
  return office.shortName ?? office.name
}

const personIn = (request: Request) => ({
  surname: field(request, 'surname').slice(0, 100),
  name: field(request, 'name').slice(0, 100),
  patronymic: field(request, 'patronymic').slice(0, 100),
  email: field(request, 'email').trim().slice(0, 320),
})

export function joinRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()
  const nobody = { surname: '', name: '', patronymic: '', email: '' }

  router.get('/join', async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const office = await officeOf(request, handedToken(request, joining), new Date())
      sendJoinPage(visit, { office, typed: nobody, faults: {} })
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendLinkGone(visit, fault.code, '/join')
    }
  })

  router.post('/join', form, async (request, response) => {
    const visit = visitOf(request, response)
    const token = handedToken(request, joining)
    const typed = personIn(request)
    try {
      const now = new Date()
      const office = await officeOf(request, token, now)
      if (isLanguageSwitch(request)) return sendJoinPage(visit, { office, typed, faults: {} })
      const attempt = await takeAttempt('register', typed.email, request.ip ?? '')
      if (attempt.waitSeconds > 0) {
        response.set('Retry-After', String(attempt.waitSeconds))
        const said = paused(attempt.waitSeconds)
        return sendJoinPage(visit, { office, typed, faults: {}, said, status: 429 })
      }
      try {
        await registerByLink(systemContext('registration', now), {
          token,
          ...typed,
          language: visit.language,
        })
        sendMailSent(visit, typed.email)
      } catch (fault) {
        if (!isDomainError(fault, 'invalid')) throw fault
        sendJoinPage(visit, { office, typed, faults: fault.fields as FieldFaults, status: 400 })
      }
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendLinkGone(visit, fault.code, '/join')
    }
  })

  // Programs that read letters follow links: the address is confirmed by a press.
  router.get('/confirm', async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const token = handedToken(request, confirming)
      const { registration } = await lookUpSecret(request, () => openRegistration(token, new Date()))
      sendConfirmPage(visit, registration.email)
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendLinkGone(visit, fault.code, '/confirm')
    }
  })

  router.post('/confirm', form, async (request, response) => {
    const visit = visitOf(request, response)
    try {
      const token = handedToken(request, confirming)
      const next = await lookUpSecret(request, () =>
        confirmRegistration(systemContext('registration'), { token }),
      )
      forgetToken(response, confirming)
      sendConfirmed(visit, next)
    } catch (fault) {
      if (!isDomainError(fault)) throw fault
      sendLinkGone(visit, fault.code, '/confirm')
    }
  })
  return router
}
