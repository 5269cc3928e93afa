/** Self-registration in four steps (S2-02…08): as what, for whom, who, and the agreement. Each step is a plain form. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { DomainError, isDomainError, type FieldFault, type FieldFaults } from '../../domain/errors.ts'
import { countries, type Country } from '../../domain/requisites/country.ts'
import { checkEmail } from '../../domain/requisites/contacts.ts'
import { checkTaxId } from '../../domain/requisites.ts'
import { lookUpOrganisation } from '../../operations/registers/look-up-organisation.ts'
import { registerSelf } from '../../operations/registrations/request-registration.ts'
import { systemContext } from '../../operations/system-context.ts'
import { hashNewPassword } from '../../operations/users/new-password.ts'
import { currentAgreement, openOffices } from '../../queries/registrations/offices.ts'
import type { RegisterAnswer } from '../../registers/define-register.ts'
import { takeAttempt } from '../sign-in-throttle.ts'
import { field, form, paused } from '../sign-in/form.ts'
import type { Said, Visit } from '../sign-in/frame.ts'
import { sendMailSent } from './join-pages.ts'
import { saidOf } from './person-fields.ts'
import {
  sendAgreementStep,
  sendClaimStep,
  sendKindStep,
  sendPersonStep,
  type TypedClaim,
} from './register-pages.ts'
import { draftOf, forgetDraft, keepDraft, type Claim } from './registration-draft.ts'

const context = () => systemContext('registration')

const isTicked = (request: Request, name: string): boolean => field(request, name) !== ''

const claimIn = (request: Request): TypedClaim => {
  const text = (name: string, most: number) => field(request, name).trim().slice(0, most)
  return {
    isPerson: isTicked(request, 'isPerson'),
    isEmployee: isTicked(request, 'isEmployee'),
    taxId: text('taxId', 20),
    kpp: text('kpp', 20),
    name: text('name', 500),
    legalAddress: text('legalAddress', 500),
    headName: text('headName', 200),
    headPosition: text('headPosition', 200),
  }
}

const emptyClaim: TypedClaim = {
  isPerson: false,
  isEmployee: false,
  taxId: '',
  kpp: '',
  name: '',
  legalAddress: '',
  headName: '',
  headPosition: '',
}

/** What was told before, to be shown again; what the register said is asked anew. */
function typedOf({ subject, taxId, kpp, source, details }: Claim): TypedClaim {
  const { name, legalAddress, headName, headPosition } = source === 'typed' ? details : {}
  return {
    isPerson: subject === 'person',
    isEmployee: subject === 'employee',
    taxId,
    kpp: kpp ?? '',
    name: name ?? '',
    legalAddress: legalAddress ?? '',
    headName: headName ?? '',
    headPosition: headPosition ?? '',
  }
}

/** Whose number it is. A person is in no register of organisations: only the number itself is looked at. */
async function askRegister(country: Country, typed: TypedClaim): Promise<RegisterAnswer | null> {
  if (!typed.isPerson)
    return lookUpOrganisation(context(), { country, taxId: typed.taxId, kpp: typed.kpp || null })
  const checked = checkTaxId(typed.taxId, { country, kind: 'person' })
  if (checked.fault) throw new DomainError('invalid', {}, { taxId: faultOf(checked.fault) })
  return null
}

const faultOf = ({
  code,
  params,
  suggestion,
}: {
  code: string
  params?: FieldFault['params']
  suggestion?: string
}) => ({
  code,
  params: { ...params, ...(suggestion !== undefined && { suggestion }) },
})

/** What goes on to the next step; what the register said stands above what was typed. */
function claimOf(typed: TypedClaim, answer: RegisterAnswer | null): Claim {
  const subject = typed.isPerson ? 'person' : typed.isEmployee ? 'employee' : 'organisation'
  if (answer?.outcome === 'found') {
    const { organisation } = answer
    return {
      subject,
      source: 'register',
      taxId: organisation.taxId,
      kpp: organisation.kpp,
      details: {
        name: organisation.name,
        shortName: organisation.shortName,
        registrationNumber: organisation.registrationNumber,
        legalAddress: organisation.address,
        okved: organisation.okved,
        headName: organisation.headName,
        headPosition: organisation.headPosition,
      },
    }
  }
  const { taxId, kpp, name, legalAddress, headName, headPosition } = typed
  if (!typed.isPerson && name === '') throw new DomainError('invalid', {}, { name: { code: 'required' } })
  return {
    subject,
    source: 'typed',
    taxId: taxId.replaceAll(/[\s\u00a0-]/g, ''),
    kpp: kpp || null,
    details: typed.isPerson ? {} : { name, legalAddress, headName, headPosition },
  }
}

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

  const isPaused = async (
    kind: 'register' | 'look-up',
    subject: string | null,
    request: Request,
    response: Response,
  ): Promise<Said | null> => {
    const { waitSeconds } = await takeAttempt(kind, subject, request.ip ?? '')
    if (waitSeconds === 0) return null
    response.set('Retry-After', String(waitSeconds)).status(429)
    return paused(waitSeconds)
  }

  router.get(base, async (request, response) => {
    const { kind } = draftOf(request)
    sendKindStep(visitOf(request, response), {
      offices: await openOffices(),
      kind: kind ?? null,
      fault: null,
    })
  })

  router.post(base, form, async (request, response) => {
    const visit = visitOf(request, response)
    const offices = await openOffices()
    const country = countries.find((one) => one === field(request, 'country'))
    const own = offices.filter((office) => office.country === country)
    const asked = Number(field(request, 'office'))
    const office = own.find(({ id }) => id === asked) ?? (own.length === 1 ? own[0] : undefined)
    const isSubjectOfAccreditation = field(request, 'kind') === 'subject'
    if (!country || !office) {
      const fault = { key: country && own.length === 0 ? 'door.register.noOffice' : 'errors.required' }
      const kind = country ? { country, isSubjectOfAccreditation, officeId: asked } : null
      return sendKindStep(visit, { offices, kind, fault, status: 400 })
    }
    await keepDraft(request, { kind: { country, isSubjectOfAccreditation, officeId: office.id } })
    response.redirect(303, `${visit.door.root}${base}/for`)
  })

  router.get(`${base}/for`, after('kind'), (request, response) => {
    const { kind, claim } = draftOf(request)
    const typed = claim ? typedOf(claim) : emptyClaim
    sendClaimStep(visitOf(request, response), {
      country: kind?.country ?? 'RU',
      typed,
      answer: null,
      faults: {},
    })
  })

  router.post(`${base}/for`, form, after('kind'), async (request, response) => {
    const visit = visitOf(request, response)
    const country = draftOf(request).kind?.country ?? 'RU'
    const typed = claimIn(request)
    const said = await isPaused('look-up', null, request, response)
    if (said) return sendClaimStep(visit, { country, typed, answer: null, faults: {}, said, status: 429 })
    let answer: RegisterAnswer | null = null
    try {
      answer = await askRegister(country, typed)
      if (field(request, 'action') === 'find' && !typed.isPerson)
        return sendClaimStep(visit, { country, typed, answer, faults: {} })
      const claim = claimOf(typed, answer)
      await keepDraft(request, { claim })
      response.redirect(303, `${visit.door.root}${base}/person`)
    } catch (fault) {
      if (!isDomainError(fault, 'invalid')) throw fault
      sendClaimStep(visit, { country, typed, answer, faults: fault.fields as FieldFaults, status: 400 })
    }
  })

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
    const refuse = (fault: Said, status: number) =>
      sendAgreementStep(visit, { agreement, draft: draftOf(request), fault, status })
    // Agreed is to the version that was shown, not to one that came in between.
    if (!isTicked(request, 'agreed') || field(request, 'version') !== String(agreement.version))
      return refuse({ key: 'door.register.mustAgree' }, 400)
    const said = await isPaused('register', newcomer.email, request, response)
    if (said) return refuse(said, 429)
    await registerSelf(context(), {
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
