/** Newcomers who wait for the office: what they told of themselves, and the decision with its reason. */
import { Registration } from '../../src/models/registration.ts'
import {
  approveRegistration,
  refuseRegistration,
} from '../../src/operations/registrations/decide-registration.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'

const reason = { name: 'reason', as: 'long', required: true } as const

export const registrations = defineResource(Registration, {
  id: 'registrations',
  navigation: { group: 'clients', icon: 'UserCheck' },
  title: 'email',
  names: ['surname', 'name', 'patronymic'],
  codes: ['taxId', 'kpp', 'email'],
  long: ['reason'],
  choices: {
    way: ['self', 'link'],
    country: ['RU', 'KZ', 'BY'],
    subject: ['organisation', 'person', 'employee'],
    source: ['register', 'typed'],
    language: ['ru', 'en'],
  },
  tones: {
    state: {
      all: { unconfirmed: 'draft', waiting: 'yours', approved: 'done', refused: 'fail', expired: 'closed' },
      support: { waiting: 'theirs' },
    },
  },
  list: [
    { property: 'surname', card: 'title' },
    'name',
    { property: 'email', card: 'sub' },
    'taxId',
    'subject',
    'way',
    'createdAt',
    { property: 'state', card: 'state' },
    { property: 'organisationId', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'waiting', filters: { state: 'waiting' } },
    { key: 'approved', filters: { state: 'approved' } },
    { key: 'refused', filters: { state: 'refused' } },
  ],
  filters: ['state', 'way', 'country', 'subject', 'taxId', 'createdAt'],
  text: 'email',
  show: {
    state: 'state',
    codes: ['taxId'],
    sections: [
      { key: 'person', fields: ['surname', 'name', 'patronymic', 'email', 'language'] },
      {
        key: 'claim',
        fields: [
          'subject',
          'isSubjectOfAccreditation',
          'country',
          'taxId',
          'kpp',
          'details',
          'source',
          'organisationId',
        ],
      },
      { key: 'life', fields: ['way', 'createdAt', 'agreedAt', 'confirmedAt', 'decidedAt', 'reason'] },
    ],
    steps: ['approve', 'refuse'],
  },
  actions: [
    recordAction(
      { name: 'approve', icon: 'Check', fields: [reason], confirm: true },
      async (request, registrationId, payload) => {
        await approveRegistration(request, { registrationId, reason: String(payload['reason']) })
      },
    ),
    recordAction(
      { name: 'refuse', icon: 'XCircle', tone: 'danger', fields: [reason], confirm: true },
      async (request, registrationId, payload) => {
        await refuseRegistration(request, { registrationId, reason: String(payload['reason']) })
      },
    ),
  ],
})
