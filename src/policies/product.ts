/** Who may see and change what is sold; only the administrator sets prices. */
import { Product } from '../models/product.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator')
const members = roles('head', 'employee')

export const productPolicy = definePolicy(Product, {
  scope: ownOffice,
  hidden: ['searchName'],
  writable: [
    'code',
    'name',
    'kind',
    'unit',
    'unitCode',
    'priceMinor',
    'currency',
    'vatCode',
    'vatExemption',
    'licenceText',
    'termMonths',
    'seats',
    'isActive',
  ],
  verbs: {
    list: readers,
    show: readers,
    new: keepers,
    edit: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    delete: (actor, record) => keepers(actor) && (!record || record.deletedAt === null),
    restore: (actor, record) => keepers(actor) && (!record || record.deletedAt !== null),
  },
  client: {
    // The price list of the office that serves them; what is not on sale now is nobody's outside.
    scope: ({ officeId, organisationId }) =>
      officeId === null || organisationId === null ? null : { officeId, isActive: true, deletedAt: null },
    columns: [
      'id',
      'officeId',
      'code',
      'name',
      'kind',
      'unit',
      'priceMinor',
      'currency',
      'licenceText',
      'termMonths',
      'seats',
      'isActive',
      'deletedAt',
    ],
    verbs: { list: members, show: members, order: members },
  },
})
