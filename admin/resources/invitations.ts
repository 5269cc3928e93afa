/** Invitations of people to clients and of applicants to the office. */
import { accessGroups, Invitation } from '../../src/models/invitation.ts'
import {
  invitePerson,
  resendInvitation,
  revokeInvitation,
  type InvitationValues,
} from '../../src/operations/invitations/invite-person.ts'
import { recordAction } from '../actions.ts'
import { defineResource, type ResourceSpec } from '../define-resource.ts'

/** What the staff and the head of a client have in common. */
export const invitationSpec = {
  id: 'invitations',
  title: 'email',
  codes: ['email'],
  choices: { role: ['employee', 'head', 'applicant'], groups: accessGroups },
  tones: { state: { all: { sent: 'theirs', used: 'done', expired: 'warn', revoked: 'closed' } } },
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'open', filters: { state: 'sent' } },
    { key: 'used', filters: { state: 'used' } },
    { key: 'ended', filters: { state: 'expired,revoked' } },
  ],
  text: 'email',
  show: {
    state: 'state',
    sections: [
      { key: 'person', fields: ['surname', 'name', 'patronymic', 'email', 'role', 'groups'] },
      { key: 'life', fields: ['sentAt', 'expiresAt', 'usedAt', 'revokedAt'] },
    ],
    steps: ['resend', 'revoke'],
  },
  actions: [
    recordAction({ name: 'resend', icon: 'Send', confirm: true }, async (request, invitationId) => {
      await resendInvitation(request, { invitationId })
    }),
    recordAction(
      { name: 'revoke', icon: 'XCircle', tone: 'danger', confirm: true },
      async (request, invitationId) => {
        await revokeInvitation(request, { invitationId })
      },
    ),
  ],
  keep: {
    create: (context, { values }) => invitePerson(context, { values: values as InvitationValues }),
  },
} satisfies Partial<ResourceSpec>

export const invitations = defineResource(Invitation, {
  ...invitationSpec,
  navigation: { group: 'clients', icon: 'UserPlus' },
  list: [
    { property: 'email', card: 'title' },
    'surname',
    'name',
    { property: 'organisationId', card: 'sub' },
    'role',
    'sentAt',
    'expiresAt',
    { property: 'state', card: 'state' },
  ],
  filters: ['organisationId', 'role', 'state', 'sentAt', 'expiresAt'],
  form: [
    {
      key: 'person',
      fields: [
        'organisationId',
        'role',
        'email',
        { property: 'surname', half: true },
        { property: 'name', half: true },
        'patronymic',
        'groups',
      ],
    },
  ],
})
