/** Who may see and change what is sold; only the administrator sets prices. */
import { Product } from '../models/product.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator')

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
})
