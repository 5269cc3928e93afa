/** Who may invite people, and take an invitation back. */
import { Invitation } from '../models/invitation.ts'
import type { Actor } from './actor.ts'
import { definePolicy, ownOffice, ownOrganisation, roles, type Rule } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'support')
const keepers = roles('administrator', 'operator')
const head = roles('head')

const writable = ['role', 'email', 'surname', 'name', 'patronymic', 'groups']

const keeping = (may: (actor: Actor) => boolean): Record<string, Rule<Invitation>> => ({
  new: may,
  resend: (actor, one) => may(actor) && (!one || one.state !== 'used'),
  revoke: (actor, one) => may(actor) && (!one || one.state === 'sent'),
})

export const invitationPolicy = definePolicy(Invitation, {
  scope: ownOffice,
  writable: ['organisationId', ...writable],
  verbs: { list: readers, show: readers, ...keeping(keepers) },
  client: {
    scope: ownOrganisation(),
    columns: [
      'id',
      'organisationId',
      'role',
      'email',
      'surname',
      'name',
      'patronymic',
      'groups',
      'state',
      'sentAt',
      'expiresAt',
      'usedAt',
      'revokedAt',
    ],
    writable,
    verbs: { list: head, show: head, ...keeping(head) },
  },
})
