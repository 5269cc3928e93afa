/** Where organisations are paid: a part of their requisites, with no place of its own in the navigation. */
import { BankAccount } from '../../src/models/bank-account.ts'
import {
  bankAccountKeeping,
  bankAccountRequisites,
} from '../../src/operations/organisations/keep-client-records.ts'
import { defineResource } from '../define-resource.ts'
import { currencies } from './choices.ts'
import { requisitesActions } from './requisites-actions.ts'

export const bankAccounts = defineResource(BankAccount, {
  id: 'bank-accounts',
  navigation: null,
  title: 'account',
  codes: ['bic', 'account', 'correspondentAccount'],
  long: ['requisitesOverrideReason'],
  usual: ['currency'],
  choices: { currency: currencies },
  tones: {
    requisitesState: { all: { right: 'done', wrong: 'fail', accepted: 'theirs', confirmed: 'warn' } },
  },
  list: [
    { property: 'account', card: 'title' },
    { property: 'bankName', card: 'sub' },
    'bic',
    'currency',
    'isMain',
    { property: 'requisitesState', card: 'state' },
    { property: 'organisationId', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['organisationId', 'currency', 'isMain', 'requisitesState'],
  show: {
    state: 'requisitesState',
    codes: ['account', 'bic'],
    sections: [
      {
        key: 'account',
        fields: [
          'organisationId',
          'bic',
          'bankName',
          'correspondentAccount',
          'account',
          'currency',
          'isMain',
          'requisitesFaults',
          'requisitesOverrideReason',
        ],
      },
    ],
    steps: ['confirmRequisites', 'edit', 'overrideRequisites', 'restore', 'delete'],
  },
  form: [
    {
      key: 'account',
      fields: [
        { property: 'organisationId', onlyNew: true },
        { property: 'bic', half: true, hint: true },
        { property: 'bankName', half: true },
        { property: 'account', half: true },
        { property: 'correspondentAccount', half: true },
        { property: 'currency', half: true, hint: true },
        'isMain',
      ],
    },
  ],
  keep: bankAccountKeeping,
  actions: requisitesActions(bankAccountRequisites),
})
