/** Who may see and change contracts. */
import { Contract } from '../models/contract.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const members = roles('head', 'employee')
const keepers = roles('administrator', 'operator')

export const contractPolicy = definePolicy(Contract, {
  scope: ownOffice,
  writable: ['organisationId', 'sellerId', 'kind', 'number', 'signedOn', 'validTo', 'subject'],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    delete: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    restore: (actor, record) => keepers(actor) && (!record || record.deletedAt !== null),
  },
  client: {
    scope: ownOrganisation(),
    columns: ['id', 'organisationId', 'kind', 'number', 'signedOn', 'validTo', 'subject', 'deletedAt'],
    verbs: { list: members, show: members },
  },
})
