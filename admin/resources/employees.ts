/** People of the organisations served. */
import { Employee } from '../../src/models/employee.ts'
import { employeeKeeping } from '../../src/operations/organisations/keep-client-records.ts'
import { defineResource } from '../define-resource.ts'

export const employees = defineResource(Employee, {
  id: 'employees',
  navigation: { group: 'clients', icon: 'Users' },
  title: 'surname',
  names: ['surname', 'name', 'patronymic'],
  codes: ['phone'],
  list: [
    { property: 'surname', card: 'title' },
    'name',
    'patronymic',
    { property: 'organisationId', card: 'sub' },
    'position',
    'phone',
    'email',
    { property: 'isHead', optional: true },
    { property: 'department', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'heads', filters: { isHead: 'true' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['organisationId', 'position', 'isHead', 'email'],
  text: 'surname',
  hasSearchName: true,
  show: {
    sections: [
      {
        key: 'person',
        fields: ['surname', 'name', 'patronymic', 'organisationId', 'position', 'department', 'isHead'],
      },
      { key: 'contact', fields: ['phone', 'phoneExtension', 'email'] },
    ],
    steps: ['edit', 'restore', 'delete'],
  },
  form: [
    {
      key: 'person',
      fields: [
        { property: 'organisationId', onlyNew: true },
        'surname',
        { property: 'name', half: true },
        { property: 'patronymic', half: true },
        { property: 'position', half: true },
        { property: 'department', half: true },
        'isHead',
      ],
    },
    {
      key: 'contact',
      fields: [{ property: 'phone', half: true }, { property: 'phoneExtension', half: true }, 'email'],
    },
  ],
  keep: employeeKeeping,
})
