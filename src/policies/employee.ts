/** Who may see and change the people of an organisation; accountants need none of them. */
import { Employee } from '../models/employee.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const head = roles('head')
const keepers = roles('administrator', 'operator')

export const employeePolicy = definePolicy(Employee, {
  scope: ownOffice,
  hidden: ['searchName'],
  writable: [
    'organisationId',
    'surname',
    'name',
    'patronymic',
    'position',
    'department',
    'isHead',
    'email',
    'phone',
    'phoneExtension',
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
    scope: ownOrganisation(),
    columns: [
      'id',
      'organisationId',
      'surname',
      'name',
      'patronymic',
      'position',
      'department',
      'isHead',
      'email',
      'phone',
      'phoneExtension',
      'deletedAt',
    ],
    verbs: { list: head, show: head },
  },
})
