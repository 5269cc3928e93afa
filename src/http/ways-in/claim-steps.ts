/** The first two steps of a wish, the same for a stranger and for whoever was refused: where from and as what, and for whom. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { DomainError, isDomainError, type FieldFault, type FieldFaults } from '../../domain/errors.ts'
import { countries, type Country } from '../../domain/requisites/country.ts'
import { checkTaxId } from '../../domain/requisites.ts'
import { lookUpOrganisation } from '../../operations/registers/look-up-organisation.ts'
import { systemContext } from '../../operations/system-context.ts'
import { openOffices } from '../../queries/registrations/offices.ts'
import type { RegisterAnswer } from '../../registers/define-register.ts'
import { takeAttempt } from '../sign-in-throttle.ts'
import { field, form, isLanguageSwitch, paused } from '../sign-in/form.ts'
import type { Said, Visit } from '../sign-in/frame.ts'
import { sendClaimStep, sendKindStep, type TypedClaim } from './register-pages.ts'
import { keepDraft, type Claim, type Draft } from './registration-draft.ts'

/** Whose steps they are. */
export type Walk = Readonly<{
  /** Below the door. */
  base: string
  /** How many steps there are in all. */
  of: number
  /** What was told so far. */
  told: (request: Request, response: Response) => Draft
  /** What stands above the first step, ready for HTML. */
  note?: (visit: Visit, response: Response) => string
  /** Both steps are right; says where it goes on. */
  onward: (
    request: Request,
    response: Response,
    draft: Required<Pick<Draft, 'kind' | 'claim'>>,
  ) => Promise<string>
}>

export const isTicked = (request: Request, name: string): boolean => field(request, name) !== ''

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
    return lookUpOrganisation(systemContext('registration'), {
      country,
      taxId: typed.taxId,
      kpp: typed.kpp || null,
    })
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

/** Too many tries of a kind from one place, or about one subject; the answer has its header then. */
export async function waitOf(
  kind: 'register' | 'look-up',
  subject: string | null,
  request: Request,
  response: Response,
): Promise<Said | null> {
  const { waitSeconds } = await takeAttempt(kind, subject, request.ip ?? '')
  if (waitSeconds === 0) return null
  response.set('Retry-After', String(waitSeconds)).status(429)
  return paused(waitSeconds)
}

/** @param visitOf of the client's door */
export function claimSteps(
  visitOf: (request: Request, response: Response) => Visit,
  { base, of, told, note, onward }: Walk,
): Router {
  const router = Router()

  /** For whom is asked after where from. */
  const afterKind: RequestHandler = (request, response, next) => {
    if (told(request, response).kind) return next()
    response.redirect(303, `${visitOf(request, response).door.root}${base}`)
  }

  const kindPage = async (request: Request, response: Response) => {
    const visit = visitOf(request, response)
    return { visit, step: { base, of, offices: await openOffices(), note: note?.(visit, response) ?? '' } }
  }

  router.get(base, async (request, response) => {
    const { visit, step } = await kindPage(request, response)
    sendKindStep(visit, { ...step, kind: told(request, response).kind ?? null, fault: null })
  })

  router.post(base, form, async (request, response) => {
    const { visit, step } = await kindPage(request, response)
    const country = countries.find((one) => one === field(request, 'country'))
    const own = step.offices.filter((office) => office.country === country)
    const asked = Number(field(request, 'office'))
    const office = own.find(({ id }) => id === asked) ?? (own.length === 1 ? own[0] : undefined)
    const isSubjectOfAccreditation = field(request, 'kind') === 'subject'
    const kind = { ...(country && { country }), isSubjectOfAccreditation, officeId: asked }
    if (isLanguageSwitch(request)) return sendKindStep(visit, { ...step, kind, fault: null })
    if (!country || !office) {
      const fault = { key: country && own.length === 0 ? 'door.register.noOffice' : 'errors.required' }
      return sendKindStep(visit, { ...step, kind, fault, status: 400 })
    }
    await keepDraft(request, { kind: { country, isSubjectOfAccreditation, officeId: office.id } })
    response.redirect(303, `${visit.door.root}${base}/for`)
  })

  router.get(`${base}/for`, afterKind, (request, response) => {
    const { kind, claim } = told(request, response)
    const typed = claim ? typedOf(claim) : emptyClaim
    const country = kind?.country ?? 'RU'
    sendClaimStep(visitOf(request, response), { base, of, country, typed, answer: null, faults: {} })
  })

  router.post(`${base}/for`, form, afterKind, async (request, response) => {
    const visit = visitOf(request, response)
    const kind = told(request, response).kind
    if (!kind) return response.redirect(303, `${visit.door.root}${base}`)
    const typed = claimIn(request)
    const step = { base, of, country: kind.country, typed }
    if (isLanguageSwitch(request)) return sendClaimStep(visit, { ...step, answer: null, faults: {} })
    const said = await waitOf('look-up', null, request, response)
    if (said) return sendClaimStep(visit, { ...step, answer: null, faults: {}, said, status: 429 })
    let answer: RegisterAnswer | null = null
    try {
      answer = await askRegister(kind.country, typed)
      if (field(request, 'action') === 'find' && !typed.isPerson)
        return sendClaimStep(visit, { ...step, answer, faults: {} })
      const claim = claimOf(typed, answer)
      await keepDraft(request, { kind, claim })
      response.redirect(303, visit.door.root + (await onward(request, response, { kind, claim })))
    } catch (fault) {
      if (!isDomainError(fault, 'invalid')) throw fault
      sendClaimStep(visit, { ...step, answer, faults: fault.fields as FieldFaults, status: 400 })
    }
  })
  return router
}
