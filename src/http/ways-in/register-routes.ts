/** Self-registration in four steps (S2-02…08): as what, for whom, who, and the agreement. Each step is a plain form. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { isDomainError, type FieldFault } from '../../domain/errors.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { registerSelf } from '../../operations/registrations/request-registration.ts'
import { systemContext } from '../../operations/system-context.ts'
import { hashNewPassword } from '../../operations/users/new-password.ts'
import { currentAgreement } from '../../queries/registrations/offices.ts'
import { field, form, isLanguageSwitch } from '../sign-in/form.ts'
import type { Said, Visit } from '../sign-in/frame.ts'
import { claimSteps, isTicked, waitOf } from './claim-steps.ts'
import { sendMailSent } from './join-pages.ts'
import { saidOf } from './person-fields.ts'
import { sendAgreementStep, sendPersonStep } from './register-pages.ts'
import { draftOf, forgetDraft, keepDraft } from './registration-draft.ts'

/** @param visitOf of the client's door */
export function registerRoutes(visitOf: (request: Request, response: Response) => Visit): Router {
  const router = Router()
  const base = '/register'

  const steps = ['kind', 'claim', 'newcomer'] as const
  const stepOf = { kind: '', claim: '/for', newcomer: '/person' } as const

  /** A step opens only after the ones before it. */
  const after =
    (step: (typeof steps)[number]): RequestHandler =>
    (request, response, next) => {
      const draft = draftOf(request)
      const missing = steps.find((one) => draft[one] === undefined)
      if (missing && steps.indexOf(missing) <= steps.indexOf(step))
        return response.redirect(303, `${visitOf(request, response).door.root}${base}${stepOf[missing]}`)
      next()
    }

  router.use(claimSteps(visitOf, { base, of: 4, told: draftOf, onward: async () => `${base}/person` }))

  router.get(`${base}/person`, after('claim'), (request, response) => {
    const { newcomer } = draftOf(request)
    const typed = newcomer ?? { surname: '', name: '', patronymic: '', email: '' }
    sendPersonStep(visitOf(request, response), { typed, faults: {}, password: null })
  })

  router.post(`${base}/person`, form, after('claim'), async (request, response) => {
    const visit = visitOf(request, response)
    const text = (name: string) => field(request, name).trim().slice(0, 320)
    const typed = {
      surname: text('surname'),
      name: text('name'),
      patronymic: text('patronymic'),
      email: text('email'),
    }
    if (isLanguageSwitch(request)) return sendPersonStep(visit, { typed, faults: {}, password: null })
    const faults: Record<string, FieldFault> = {}
    const email = checkEmail(typed.email)
    if (email.fault) faults['email'] = { code: email.fault.code }
    for (const name of ['surname', 'name'] as const) if (!typed[name]) faults[name] = { code: 'required' }
    const [next, again] = [field(request, 'next'), field(request, 'again')]
    let password: Said | null = next === again ? null : { key: 'door.newPassword.differ' }
    let passwordHash = ''
    if (password === null) {
      try {
        passwordHash = await hashNewPassword(next, typed.email, 'client')
      } catch (fault) {
        if (!isDomainError(fault)) throw fault
        password = saidOf(
          { next: { code: fault.code, ...(fault.params && { params: fault.params }) } },
          'next',
        )
      }
    }
    if (password !== null || Object.keys(faults).length > 0)
      return sendPersonStep(visit, { typed, faults, password, status: 400 })
    await keepDraft(request, { newcomer: { ...typed, passwordHash } })
    response.redirect(303, `${visit.door.root}${base}/agreement`)
  })

  router.get(`${base}/agreement`, after('newcomer'), async (request, response) => {
    const visit = visitOf(request, response)
    sendAgreementStep(visit, {
      agreement: await currentAgreement(visit.language),
      draft: draftOf(request),
      fault: null,
    })
  })

  router.post(`${base}/agreement`, form, after('newcomer'), async (request, response) => {
    const visit = visitOf(request, response)
    const { kind, claim, newcomer } = draftOf(request)
    const agreement = await currentAgreement(visit.language)
    // The steps before have been asked for by `after`; a session cut short in between begins again.
    if (!kind || !claim || !newcomer || !agreement) return response.redirect(303, `${visit.door.root}${base}`)
    const isAgreed = isTicked(request, 'agreed')
    const refuse = (fault: Said | null, status: number) =>
      sendAgreementStep(visit, { agreement, draft: draftOf(request), isAgreed, fault, status })
    if (isLanguageSwitch(request)) return refuse(null, 200)
    // Agreed is to the version that was shown, not to one that came in between.
    if (!isAgreed || field(request, 'version') !== String(agreement.version))
      return refuse({ key: 'door.register.mustAgree' }, 400)
    const said = await waitOf('register', newcomer.email, request, response)
    if (said) return refuse(said, 429)
    await registerSelf(systemContext('registration'), {
      ...kind,
      ...claim,
      ...newcomer,
      language: visit.language,
      agreementId: agreement.id,
      address: request.ip ?? '',
    })
    await forgetDraft(request)
    sendMailSent(visit, newcomer.email)
  })
  return router
}
