/** Organisations: whom the office serves, with their requisites checked. */
import { col, where } from 'sequelize'
import { Organisation } from '../../src/models/organisation.ts'
import {
  activateOrganisation,
  blockOrganisation,
  createOrganisation,
  organisationKeeping,
  organisationRequisites,
  unblockOrganisation,
} from '../../src/operations/organisations/keep-organisations.ts'
import { recordAction } from '../actions.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'
import type { ActionField } from '../view-types.ts'
import { countries, timezones } from './choices.ts'
import { requisitesActions } from './requisites-actions.ts'

const reason: ActionField = { name: 'reason', as: 'long', required: true }

export const organisations = defineResource(Organisation, {
  id: 'organisations',
  navigation: { group: 'clients', icon: 'Briefcase' },
  title: 'name',
  codes: ['taxId', 'kpp', 'registrationNumber', 'phone', 'okved', 'regionCode'],
  long: ['comment', 'requisitesOverrideReason', 'legalAddress', 'postalAddress'],
  usual: ['timezone'],
  choices: {
    country: countries,
    kind: ['legal', 'entrepreneur', 'person', 'authority'],
    state: ['draft', 'active', 'blocked'],
    language: ['ru', 'en'],
    timezone: timezones,
  },
  tones: { state: { all: { draft: 'draft', active: 'done', blocked: 'fail' } } },
  list: [
    { property: 'name', card: 'title' },
    { property: 'taxId', card: 'sub' },
    'kpp',
    { property: 'phone' },
    { property: 'headName' },
    { property: 'state', card: 'state' },
    { property: 'country', optional: true },
    { property: 'kind', optional: true },
    { property: 'registrationNumber', optional: true },
    { property: 'email', optional: true },
    { property: 'officeId', optional: true },
    { property: 'createdAt', optional: true },
  ],
  beside: {
    shown: [{ property: 'isOffice', as: 'flag' }],
    // An office is an organisation that belongs to itself.
    filters: {
      isOffice: {
        options: ['true'],
        means: () => where(col('Organisation.id'), col('Organisation.office_id')),
      },
    },
  },
  sortable: ['name'],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'active', filters: { state: 'active' } },
    { key: 'draft', filters: { state: 'draft' } },
    { key: 'overridden', filters: { requisitesOverrideAt: '~filled' } },
    { key: 'blocked', filters: { state: 'blocked' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: [
    'taxId',
    'kpp',
    'registrationNumber',
    'country',
    'kind',
    'state',
    'createdAt',
    'requisitesOverrideAt',
  ],
  text: 'name',
  hasSearchName: true,
  search: ['name', 'taxId'],
  show: {
    component: components.OrganisationCard,
    state: 'state',
    codes: ['taxId', 'kpp', 'registrationNumber'],
    sections: [
      { key: 'organisation', fields: ['name', 'shortName', 'country', 'kind', 'okved', 'regionCode'] },
      { key: 'requisites', fields: ['taxId', 'kpp', 'registrationNumber', 'legalAddress', 'postalAddress'] },
      { key: 'people', fields: ['headName', 'headPosition', 'headBasis', 'accountantName'] },
      {
        key: 'contact',
        fields: ['phone', 'phoneExtension', 'email', 'accountingEmail', 'timezone', 'language'],
      },
      { key: 'notes', fields: ['comment', 'requisitesOverrideReason', 'requisitesOverrideAt'] },
    ],
    children: [
      { resourceId: 'invoice-lines', foreignKey: 'organisationId' },
      { resourceId: 'contracts', foreignKey: 'organisationId' },
      { resourceId: 'employees', foreignKey: 'organisationId' },
      { resourceId: 'bank-accounts', foreignKey: 'organisationId' },
      { resourceId: 'folder-files', foreignKey: 'organisationId' },
      { resourceId: 'documents', foreignKey: 'organisationId' },
    ],
    steps: [
      'activate',
      'confirmRequisites',
      'edit',
      'overrideRequisites',
      'block',
      'unblock',
      'restore',
      'delete',
    ],
  },
  form: [
    {
      key: 'organisation',
      fields: [
        'name',
        { property: 'shortName' },
        { property: 'country', half: true, required: true },
        { property: 'kind', half: true, required: true },
      ],
    },
    {
      key: 'requisites',
      fields: [
        { property: 'taxId', half: true, hint: true },
        { property: 'kpp', half: true, hint: true },
        { property: 'registrationNumber', half: true, hint: true },
        { property: 'okved', half: true },
        { property: 'regionCode', half: true },
        { property: 'legalAddress' },
        { property: 'postalAddress' },
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
        { property: 'accountingEmail', half: true, hint: true },
        { property: 'timezone', half: true, hint: true },
        { property: 'language', half: true },
      ],
    },
    { key: 'notes', fields: ['comment'] },
  ],
  keep: {
    ...organisationKeeping,
    create: (context, { values }) => {
      const { officeId, ...rest } = values as { officeId?: number }
      return createOrganisation(context, { values: rest, ...(officeId !== undefined && { officeId }) })
    },
  },
  actions: [
    recordAction({ name: 'activate', icon: 'CheckCircle' }, async (request, organisationId) => {
      await activateOrganisation(request, { organisationId })
    }),
    ...requisitesActions(organisationRequisites),
    recordAction(
      { name: 'block', icon: 'Slash', tone: 'danger', fields: [reason], confirm: true },
      async (request, organisationId, payload) => {
        await blockOrganisation(request, { organisationId, reason: String(payload['reason']) })
      },
    ),
    recordAction({ name: 'unblock', icon: 'Unlock' }, async (request, organisationId) => {
      await unblockOrganisation(request, { organisationId })
    }),
  ],
})
