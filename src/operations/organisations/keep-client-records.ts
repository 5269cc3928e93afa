/** Keeping what belongs to an organisation: people, bank accounts and contracts. */
import { DomainError, type FieldFaults } from '../../domain/errors.ts'
import { homeCurrency } from '../../domain/requisites/country.ts'
import { checkEmail, checkPhone } from '../../domain/requisites/contacts.ts'
import { blockingFaults, checkBankAccount } from '../../domain/requisites.ts'
import { BankAccount } from '../../models/bank-account.ts'
import { Contract } from '../../models/contract.ts'
import { Employee } from '../../models/employee.ts'
import { Organisation } from '../../models/organisation.ts'
import { keepRecords } from '../keep-record.ts'
import { acceptingRequisites, fieldFaults, rememberFaults } from './wrong-requisites.ts'

type Belonging = { organisationId: number; officeId: number; isNewRecord: boolean }

/** A record lives in the office of its organisation, whatever a form says. */
async function settle(record: Belonging): Promise<Organisation> {
  const organisation = await Organisation.findByPk(record.organisationId)
  if (!organisation) throw new DomainError('invalid', {}, { organisationId: { code: 'reference-not-found' } })
  record.officeId = organisation.officeId
  return organisation
}

function refuse(faults: Record<string, FieldFaults[string] | null | undefined>): void {
  const found = Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault)) as FieldFaults
  if (Object.keys(found).length > 0) throw new DomainError('invalid', {}, found)
}

export const employeeKeeping = keepRecords('employee', Employee, async (employee) => {
  const { country } = await settle(employee)
  const email = employee.email ? checkEmail(employee.email) : null
  const phone = employee.phone ? checkPhone(employee.phone, country) : null
  refuse({ email: email?.fault, phone: phone?.fault })
  if (email) employee.email = email.value
  if (phone) {
    employee.phone = phone.value
    employee.phoneExtension = phone.extension ?? employee.phoneExtension
  }
})

/** A number that cannot be one is refused; one whose key does not hold is kept, and printed only when it was accepted. */
export const bankAccountKeeping = keepRecords('bank-account', BankAccount, async (account) => {
  const { country } = await settle(account)
  const { values, faults } = checkBankAccount({ ...account.get(), country })
  refuse(fieldFaults(blockingFaults(faults)))
  if (!account.currency) account.currency = homeCurrency[country]
  account.set(values as never)
  rememberFaults(account, fieldFaults(faults), Object.keys(faults).length > 0 ? Object.keys(values) : [])
})

export const bankAccountRequisites = acceptingRequisites('bank-account', BankAccount)

export const contractKeeping = keepRecords('contract', Contract, async (contract) => {
  const organisation = await settle(contract)
  if (contract.isNewRecord) contract.sellerId ??= organisation.officeId
  if (contract.validTo && contract.validTo < contract.signedOn)
    refuse({ validTo: { code: 'day-before-start' } })
})
