/** What a newcomer has told so far, step by step; it lives in their session and leaves with it. */
import type { Request } from 'express'
import type { Country } from '../../domain/requisites/country.ts'
import type { RegistrationDetails } from '../../models/registration.ts'
import { saveSession } from '../sign-in/open-session.ts'

/** Step 1: where from, as what, and whose door it is. */
export type Kind = Readonly<{ country: Country; isSubjectOfAccreditation: boolean; officeId: number }>

/** Step 2: for whom. */
export type Claim = Readonly<{
  subject: 'organisation' | 'person' | 'employee'
  taxId: string
  kpp: string | null
  details: RegistrationDetails
  source: 'register' | 'typed'
}>

/** Step 3: who. The password itself is kept nowhere. */
export type Newcomer = Readonly<{
  surname: string
  name: string
  patronymic: string
  email: string
  passwordHash: string
}>

export type Draft = Readonly<{ kind?: Kind; claim?: Claim; newcomer?: Newcomer }>

declare module 'express-session' {
  interface SessionData {
    registration: Draft
  }
}

export const draftOf = ({ session }: Request): Draft => session.registration ?? {}

export async function keepDraft(request: Request, part: Draft): Promise<void> {
  request.session.registration = { ...draftOf(request), ...part }
  await saveSession(request)
}

export async function forgetDraft(request: Request): Promise<void> {
  delete request.session.registration
  await saveSession(request)
}
