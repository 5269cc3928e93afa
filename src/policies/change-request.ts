/** The head of a client asks for a change of its requisites; the staff of the office decide. */
import { ChangeRequest } from '../models/change-request.ts'
import { definePolicy, ownOffice, ownOrganisation, roles } from './define-policy.ts'

const readers = roles('administrator', 'operator', 'accountant', 'support')
const keepers = roles('administrator', 'operator')
const head = roles('head')
const isOpen = (request?: ChangeRequest) => !request || request.state === 'pending'

export const changeRequestPolicy = definePolicy(ChangeRequest, {
  scope: ownOffice,
  verbs: {
    list: readers,
    show: readers,
    accept: (actor, request) => keepers(actor) && isOpen(request),
    refuse: (actor, request) => keepers(actor) && isOpen(request),
  },
  client: {
    scope: ownOrganisation(),
    columns: [
      'id',
      'organisationId',
      'changes',
      'reason',
      'state',
      'decisionReason',
      'decidedAt',
      'createdAt',
    ],
    verbs: {
      list: head,
      show: head,
      new: head,
      withdraw: (actor, request) => head(actor) && isOpen(request),
    },
  },
})
