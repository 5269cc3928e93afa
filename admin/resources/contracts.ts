/** Contracts and public offers under which the services are sold. */
import { Contract } from '../../src/models/contract.ts'
import { contractKeeping } from '../../src/operations/organisations/keep-client-records.ts'
import { defineResource } from '../define-resource.ts'

export const contracts = defineResource(Contract, {
  id: 'contracts',
  navigation: { group: 'clients', icon: 'BookOpen' },
  title: 'number',
  codes: ['number'],
  long: ['subject'],
  choices: { kind: ['offer', 'contract'] },
  list: [
    { property: 'number', card: 'title' },
    { property: 'organisationId', card: 'sub' },
    'kind',
    { property: 'signedOn', card: 'sum' },
    'validTo',
    { property: 'sellerId', optional: true },
    { property: 'subject', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'offers', filters: { kind: 'offer' } },
    { key: 'unlimited', filters: { validTo: '~empty' } },
    { key: 'deleted', filters: { deletedAt: '~filled' } },
  ],
  filters: ['organisationId', 'sellerId', 'kind', 'signedOn', 'validTo'],
  text: 'number',
  show: {
    codes: ['number'],
    sections: [
      { key: 'contract', fields: ['organisationId', 'sellerId', 'kind', 'signedOn', 'validTo', 'subject'] },
    ],
    children: [{ resourceId: 'invoices', foreignKey: 'contractId' }],
    steps: ['edit', 'restore', 'delete'],
  },
  form: [
    {
      key: 'contract',
      fields: [
        { property: 'organisationId', onlyNew: true },
        { property: 'sellerId', required: true },
        { property: 'kind', half: true },
        { property: 'number', half: true },
        { property: 'signedOn', half: true },
        { property: 'validTo', half: true },
        'subject',
      ],
    },
  ],
  keep: contractKeeping,
})
