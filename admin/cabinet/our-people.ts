/** Who may act for a client; the head decides. The screen is the page «Люди», which knows the names. */
import { Membership } from '../../src/models/membership.ts'
import {
  acceptMembership,
  blockMembership,
  departMembership,
  refuseMembership,
  unblockMembership,
} from '../../src/operations/memberships/decide-membership.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import type { ActionField } from '../view-types.ts'

const reason: ActionField = { name: 'reason', as: 'long', required: true }

export const ourPeople = defineResource(Membership, {
  id: 'memberships',
  side: 'client',
  navigation: null,
  title: 'id',
  long: ['reason'],
  choices: { role: ['head', 'employee', 'applicant'] },
  tones: {
    state: {
      all: { pending: 'yours', active: 'done', refused: 'closed', blocked: 'fail', departed: 'closed' },
    },
  },
  list: [
    { property: 'role', card: 'title' },
    { property: 'createdAt', card: 'sub' },
    { property: 'state', card: 'state' },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['state', 'role'],
  show: {
    state: 'state',
    sections: [{ key: 'membership', fields: ['role', 'createdAt', 'decidedAt', 'reason'] }],
    steps: ['accept', 'unblock', 'refuse', 'block', 'depart'],
  },
  actions: [
    recordAction({ name: 'accept', icon: 'UserCheck' }, async (request, membershipId) => {
      await acceptMembership(request, { membershipId })
    }),
    recordAction(
      { name: 'refuse', icon: 'UserX', tone: 'danger', confirm: true, fields: [reason] },
      async (request, membershipId, payload) => {
        await refuseMembership(request, { membershipId, reason: String(payload['reason']) })
      },
    ),
    recordAction(
      { name: 'block', icon: 'Slash', tone: 'danger', confirm: true, fields: [reason] },
      async (request, membershipId, payload) => {
        await blockMembership(request, { membershipId, reason: String(payload['reason']) })
      },
    ),
    recordAction({ name: 'unblock', icon: 'Unlock' }, async (request, membershipId) => {
      await unblockMembership(request, { membershipId })
    }),
    recordAction(
      { name: 'depart', icon: 'LogOut', tone: 'danger', confirm: true },
      async (request, membershipId) => {
        await departMembership(request, { membershipId })
      },
    ),
  ],
})
