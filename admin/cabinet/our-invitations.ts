/** Invitations the head of a client sends to colleagues (S4-07). */
import { Invitation } from '../../src/models/invitation.ts'
import { defineResource } from '../define-resource.ts'
import { invitationSpec } from '../resources/invitations.ts'

export const ourInvitations = defineResource(Invitation, {
  ...invitationSpec,
  side: 'client',
  navigation: { group: 'ours', icon: 'UserPlus' },
  choices: { ...invitationSpec.choices, role: ['employee', 'head'] },
  list: [
    { property: 'email', card: 'title' },
    { property: 'surname', card: 'sub' },
    'name',
    'role',
    'sentAt',
    'expiresAt',
    { property: 'state', card: 'state' },
  ],
  filters: ['role', 'state', 'sentAt', 'expiresAt'],
  form: [
    {
      key: 'person',
      fields: [
        'email',
        { property: 'surname', half: true },
        { property: 'name', half: true },
        'patronymic',
        'role',
        'groups',
      ],
    },
  ],
})
