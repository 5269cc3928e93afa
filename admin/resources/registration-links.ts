/** Links by which applicants register at the office (S1-03): made here, handed out by the staff. */
import { RegistrationLink } from '../../src/models/registration-link.ts'
import {
  copyRegistrationLink,
  makeRegistrationLink,
  revokeRegistrationLink,
} from '../../src/operations/registrations/registration-links.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'

type Values = Parameters<typeof makeRegistrationLink>[1]['values']

export const registrationLinks = defineResource(RegistrationLink, {
  id: 'registration-links',
  navigation: { group: 'clients', icon: 'Link' },
  title: 'title',
  usual: ['expiresAt'],
  list: [
    { property: 'title', card: 'title' },
    'createdAt',
    { property: 'expiresAt', card: 'sub' },
    'revokedAt',
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'revoked', filters: { revokedAt: '~filled' } },
  ],
  filters: ['expiresAt', 'revokedAt'],
  text: 'title',
  show: {
    sections: [{ key: 'link', fields: ['title', 'expiresAt', 'revokedAt'] }],
    children: [{ resourceId: 'registrations', foreignKey: 'registrationLinkId' }],
    steps: ['copy', 'revoke'],
  },
  form: [{ key: 'link', fields: ['title', { property: 'expiresAt', hint: true }] }],
  keep: { create: (context, { values }) => makeRegistrationLink(context, { values: values as Values }) },
  actions: [
    recordAction({ name: 'copy', icon: 'Copy' }, async (request, linkId) => {
      const address = await copyRegistrationLink(request, { linkId })
      return { params: { address }, result: { copy: address } }
    }),
    recordAction(
      { name: 'revoke', icon: 'XCircle', tone: 'danger', confirm: true },
      async (request, linkId) => {
        await revokeRegistrationLink(request, { linkId })
      },
    ),
  ],
})
