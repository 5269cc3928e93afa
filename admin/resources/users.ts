/** Accounts of the staff; only the administrator sees them. */
import { User } from '../../src/models/user.ts'
import {
  blockUser,
  createUser,
  editUser,
  resetPassword,
  unblockUser,
} from '../../src/operations/users/manage-users.ts'
import { resetSecondFactor } from '../../src/operations/users/second-factor.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { timezones } from './choices.ts'

export const users = defineResource(User, {
  id: 'users',
  navigation: { group: 'system', icon: 'User' },
  title: 'email',
  names: ['surname', 'name', 'patronymic'],
  choices: {
    role: ['administrator', 'operator', 'accountant', 'support'],
    state: ['invited', 'active', 'blocked'],
    language: ['ru', 'en'],
    timezone: timezones,
  },
  tones: { state: { all: { active: 'done', blocked: 'fail' } } },
  list: [
    { property: 'surname', card: 'title' },
    'name',
    { property: 'email', card: 'sub' },
    'role',
    'officeId',
    'lastSignInAt',
    { property: 'state', card: 'state' },
    { property: 'emailFailingSince', optional: true },
    { property: 'mustChangePassword', optional: true },
  ],
  sortable: ['surname', 'email'],
  sort: { property: 'id', direction: 'asc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'active', filters: { state: 'active' } },
    { key: 'blocked', filters: { state: 'blocked' } },
  ],
  filters: ['role', 'officeId', 'state', 'lastSignInAt', 'emailFailingSince'],
  text: 'surname',
  search: ['email', 'surname'],
  show: {
    state: 'state',
    sections: [
      { key: 'person', fields: ['surname', 'name', 'patronymic', 'email', 'role', 'officeId'] },
      { key: 'delivery', fields: ['emailFailingSince', 'emailFailingReason'] },
      { key: 'account', fields: ['language', 'timezone', 'lastSignInAt', 'mustChangePassword'] },
    ],
    steps: ['edit', 'resetPassword', 'resetSecondFactor', 'block', 'unblock'],
  },
  form: [
    {
      key: 'person',
      fields: [
        'surname',
        { property: 'name', half: true },
        { property: 'patronymic', half: true },
        { property: 'email', hint: true },
      ],
    },
    {
      key: 'account',
      fields: [
        { property: 'role', half: true },
        { property: 'officeId', half: true, hint: true },
        { property: 'language', half: true },
        { property: 'timezone', half: true },
      ],
    },
  ],
  keep: {
    create: (context, { values }) =>
      createUser(context, { values: values as Parameters<typeof createUser>[1]['values'] }),
    edit: editUser,
  },
  actions: [
    recordAction({ name: 'resetPassword', icon: 'Key', confirm: true }, async (request, userId) => {
      await resetPassword(request, { userId })
    }),
    recordAction(
      {
        name: 'resetSecondFactor',
        icon: 'ShieldOff',
        fields: [{ name: 'reason', as: 'long', required: true }],
        confirm: true,
      },
      async (request, userId, payload) => {
        await resetSecondFactor(request, { userId, reason: String(payload['reason']) })
      },
    ),
    recordAction({ name: 'block', icon: 'Slash', tone: 'danger', confirm: true }, async (request, userId) => {
      await blockUser(request, { userId })
    }),
    recordAction({ name: 'unblock', icon: 'Unlock' }, async (request, userId) => {
      await unblockUser(request, { userId })
    }),
  ],
})
