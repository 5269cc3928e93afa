/** «Данные организации» (S2-10): shown as they are; what a head writes into the form becomes a request to the office. */
import { Organisation } from '../../src/models/organisation.ts'
import { proposeChanges } from '../../src/operations/change-requests/propose-changes.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'
import { countries, timezones } from '../resources/choices.ts'

export const ourOrganisation = defineResource(Organisation, {
  id: 'organisations',
  side: 'client',
  navigation: null,
  title: 'name',
  codes: ['taxId', 'kpp', 'registrationNumber', 'phone', 'okved'],
  long: ['legalAddress', 'postalAddress'],
  choices: {
    country: countries,
    kind: ['legal', 'entrepreneur', 'person', 'authority'],
    language: ['ru', 'en'],
    timezone: timezones,
  },
  list: [{ property: 'name', card: 'title' }, { property: 'taxId', card: 'sub' }, 'phone', 'email'],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['taxId'],
  show: {
    component: components.CabinetOrganisation,
    codes: ['taxId', 'kpp', 'registrationNumber'],
    sections: [
      { key: 'organisation', fields: ['name', 'shortName', 'country', 'kind'] },
      {
        key: 'requisites',
        fields: ['taxId', 'kpp', 'registrationNumber', 'okved', 'legalAddress', 'postalAddress'],
      },
      { key: 'people', fields: ['headName', 'headPosition', 'headBasis', 'accountantName'] },
      { key: 'contact', fields: ['phone', 'phoneExtension', 'email'] },
    ],
    steps: ['edit'],
  },
  form: [
    { key: 'organisation', fields: ['name', 'shortName'] },
    {
      key: 'requisites',
      fields: [
        { property: 'taxId', half: true, hint: true },
        { property: 'kpp', half: true, hint: true },
        { property: 'registrationNumber', half: true, hint: true },
        { property: 'okved', half: true },
        'legalAddress',
        'postalAddress',
      ],
    },
    {
      key: 'people',
      fields: [
        'headName',
        { property: 'headPosition', half: true },
        { property: 'headBasis', half: true, hint: true },
        'accountantName',
      ],
    },
    {
      key: 'contact',
      fields: [
        { property: 'phone', half: true },
        { property: 'phoneExtension', half: true },
        { property: 'email', half: true },
      ],
    },
  ],
  extras: ['reason'],
  editVerb: 'proposeChanges',
  savedNotice: 'cabinet.changes.sent',
  keep: {
    edit: async (context, { id, version, values }) => {
      const { reason, ...wanted } = values as { reason?: unknown }
      await proposeChanges(context, {
        organisationId: id,
        ...(version !== undefined && { version }),
        values: wanted,
        reason: typeof reason === 'string' ? reason.slice(0, 2000) : null,
      })
      return Organisation.findByPk(id, { rejectOnEmpty: true })
    },
  },
})
