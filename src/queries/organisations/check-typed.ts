/** What is wrong with requisites while they are still being typed, and what was most likely meant. */
import type { TypedFault, TypedFaults } from '../../../admin/desk-types.ts'
import { checkEmail, checkPhone } from '../../domain/requisites/contacts.ts'
import type { RequisiteFault } from '../../domain/requisites/checked.ts'
import { countries, type Country } from '../../domain/requisites/country.ts'
import { checkBankAccount, checkRequisites, organisationKinds } from '../../domain/requisites.ts'
import { Organisation } from '../../models/organisation.ts'
import type { Actor } from '../../policies/actor.ts'
import { authorise, can } from '../../policies/define-policy.ts'

export type Typed = Readonly<Record<string, string | null>>

type Check = (values: Typed, country: Country) => Partial<Record<string, RequisiteFault | null>>

const kindOf = (text: string | null | undefined) =>
  organisationKinds.find((kind) => kind === text) ?? organisationKinds[0]

/** By the resource whose form asks. */
const checks: Readonly<Record<string, Check>> = {
  organisations: (values, country) =>
    checkRequisites({ ...values, country, kind: kindOf(values['kind']) }).faults,
  'bank-accounts': (values, country) => checkBankAccount({ ...values, country }).faults,
  employees: ({ email, phone }, country) => ({
    email: email ? checkEmail(email).fault : null,
    phone: phone ? checkPhone(phone, country).fault : null,
  }),
}

/** The resources whose forms are checked while they are filled in. */
export const checkedForms = Object.keys(checks)

const countryOf = (text: string | null | undefined): Country | undefined =>
  countries.find((country) => country === text)

/** The country of what a form is about: its own, or that of the organisation it names. */
async function countryFor(actor: Actor, values: Typed): Promise<Country | undefined> {
  const id = Number(values['organisationId'])
  if (!Number.isSafeInteger(id) || id <= 0) return countryOf(values['country'])
  const organisation = await Organisation.findByPk(id)
  return organisation && can(actor, 'show', organisation) ? organisation.country : undefined
}

/** Empty fields are no faults yet; a country nobody knows is not checked. @throws DomainError `forbidden` */
export async function checkTyped(
  actor: Actor,
  { form, values }: { form: string; values: Typed },
): Promise<TypedFaults> {
  authorise(actor, 'list', Organisation)
  const country = (await countryFor(actor, values)) ?? null
  const found = country === null ? {} : (checks[form]?.(values, country) ?? {})
  const faults: Record<string, TypedFault> = {}
  for (const [field, fault] of Object.entries(found)) {
    if (!fault || !values[field]?.trim()) continue
    const { kind, code, params, suggestion } = fault
    faults[field] = { kind, code, ...(params && { params }), ...(suggestion && { suggestion }) }
  }
  return faults
}
