/** Contracts a client is served under; reached from the invoices, they have no place of their own in the navigation. */
import { Contract } from '../../src/models/contract.ts'
import { defineResource } from '../define-resource.ts'

export const ourContracts = defineResource(Contract, {
  id: 'contracts',
  side: 'client',
  navigation: null,
  title: 'number',
  codes: ['number'],
  long: ['subject'],
  choices: { kind: ['offer', 'contract'] },
  list: [{ property: 'number', card: 'title' }, { property: 'kind', card: 'sub' }, 'signedOn', 'validTo'],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['kind', 'signedOn', 'validTo'],
  text: 'number',
  show: {
    codes: ['number'],
    sections: [{ key: 'contract', fields: ['kind', 'number', 'signedOn', 'validTo', 'subject'] }],
    children: [{ resourceId: 'invoices', foreignKey: 'contractId' }],
  },
})
