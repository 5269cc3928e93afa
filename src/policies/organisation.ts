/** Who may see and change organisations. */
import { Organisation } from '../models/organisation.ts'
import { acceptRequisites } from './accept-requisites.ts'
import { definePolicy, ownOffice, roles } from './define-policy.ts'

const staff = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')

export const organisationPolicy = definePolicy(Organisation, {
  scope: ownOffice,
  hidden: ['searchName'],
  writable: [
    'country',
    'kind',
    'name',
    'shortName',
    'taxId',
    'kpp',
    'registrationNumber',
    'okved',
    'legalAddress',
    'postalAddress',
    'regionCode',
    'phone',
    'phoneExtension',
    'email',
    'accountingEmail',
    'headName',
    'headPosition',
    'headBasis',
    'accountantName',
    'timezone',
    'language',
    'comment',
  ],
  verbs: {
    list: staff,
    show: staff,
    new: (actor) => keepers(actor) || actor.role === 'system',
    found: roles('system'),
    edit: (actor, organisation) => keepers(actor) && (!organisation || organisation.deletedAt === null),
    activate: (actor, organisation) =>
      keepers(actor) &&
      (!organisation || (organisation.state === 'draft' && organisation.deletedAt === null)),
    ...acceptRequisites<Organisation>(),
    block: (actor, organisation) =>
      roles('administrator')(actor) && (!organisation || organisation.state === 'active'),
    unblock: (actor, organisation) =>
      roles('administrator')(actor) && (!organisation || organisation.state === 'blocked'),
    delete: (actor, organisation) =>
      keepers(actor) &&
      (!organisation || (organisation.deletedAt === null && organisation.id !== organisation.officeId)),
    restore: (actor, organisation) => keepers(actor) && (!organisation || organisation.deletedAt !== null),
    upload: keepers,
    export: staff,
  },
  client: {
    scope: ({ organisationId }) => (organisationId === null ? null : { id: organisationId }),
    columns: [
      'id',
      'country',
      'kind',
      'name',
      'shortName',
      'taxId',
      'kpp',
      'registrationNumber',
      'okved',
      'legalAddress',
      'postalAddress',
      'phone',
      'phoneExtension',
      'email',
      'headName',
      'headPosition',
      'headBasis',
      'accountantName',
      'timezone',
      'language',
      'version',
      'deletedAt',
    ],
    // What a head writes into the form becomes a request for the staff to decide, never the record itself.
    writable: [
      'name',
      'shortName',
      'taxId',
      'kpp',
      'registrationNumber',
      'okved',
      'legalAddress',
      'postalAddress',
      'phone',
      'phoneExtension',
      'email',
      'headName',
      'headPosition',
      'headBasis',
      'accountantName',
    ],
    verbs: {
      list: roles('head', 'employee'),
      show: roles('head', 'employee'),
      proposeChanges: roles('head'),
    },
  },
})
