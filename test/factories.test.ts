/** The factories themselves: what they make is what the product would have made. */
import test from 'ava'
import { checkBankAccount, checkRequisites } from '../src/domain/requisites.ts'
import { BankAccount } from '../src/models/bank-account.ts'
import { isolated, isolatedDatabase } from './_support/database.ts'
import { buildOffice, buildReadyDocuments, buildUser } from './_support/factories.ts'

await isolatedDatabase()

test(
  'the made-up requisites are right',
  isolated(async (t) => {
    const office = await buildOffice()
    t.deepEqual(checkRequisites(office).faults, {})
    const account = await BankAccount.findOne({ where: { organisationId: office.id }, rejectOnEmpty: true })
    t.deepEqual(checkBankAccount({ ...account.get(), country: 'RU' }).faults, {})
  }),
)

test(
  'documents come with everything before them',
  isolated(async (t) => {
    const { documents, lines, request, invoice } = await buildReadyDocuments()
    t.deepEqual(documents.map(({ kind, state }) => [kind, state]).sort(), [
      ['act', 'ready'],
      ['licence', 'ready'],
    ])
    t.deepEqual(
      lines.map(({ state }) => state),
      ['acted', 'acted'],
    )
    t.is(request.state, 'done')
    t.is(invoice.state, 'paid')
    t.is(invoice.totalMinor, 925_000)
  }),
)

test(
  'an account has a role and an office',
  isolated(async (t) => {
    const operator = await buildUser()
    t.is(operator.role, 'operator')
    t.truthy(operator.officeId)
    t.is((await buildUser({ role: 'administrator' })).officeId, null)
  }),
)
