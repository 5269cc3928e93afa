/** Who may see and change where an organisation is paid. */
import { BankAccount } from '../models/bank-account.ts'
import { acceptRequisites } from './accept-requisites.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')

export const bankAccountPolicy = definePolicy(BankAccount, {
  scope: ownOffice,
  writable: ['organisationId', 'bic', 'bankName', 'correspondentAccount', 'account', 'currency', 'isMain'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    ...acceptRequisites<BankAccount>(),
    delete: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    restore: (actor, record) => keepers(actor) && (!record || record.deletedAt !== null),
  },
})
