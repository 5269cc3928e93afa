/** Founds an office: the seller a new installation begins with. */
import { DomainError } from '../../domain/errors.ts'
import { checkRequisites } from '../../domain/requisites.ts'
import type { Country } from '../../domain/requisites/country.ts'
import { Organisation } from '../../models/organisation.ts'
import { authorise } from '../../policies/define-policy.ts'
import { nextId } from '../numbering/next-id.ts'
import { operation } from '../operation.ts'

export type NewOffice = Readonly<{
  country: Country
  name: string
  taxId: string
  kpp?: string
  email: string
}>

/** The office is its own office. @throws DomainError `invalid` with the faults of its requisites */
export const foundOffice = operation('organisation.found', async ({ actor }, office: NewOffice) => {
  authorise(actor, 'found', Organisation)
  const { values, faults } = checkRequisites({ ...office, kind: 'legal' })
  if (Object.keys(faults).length > 0) throw new DomainError('invalid', {}, faults as never)
  const id = await nextId('organisations')
  return Organisation.create({
    ...values,
    id,
    officeId: id,
    country: office.country,
    kind: 'legal',
    name: office.name,
    roles: ['seller'],
    accountingEmail: office.email,
    state: 'active',
  })
})
