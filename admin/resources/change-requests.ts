/** «Заявки на изменение данных»: what clients want changed in their cards; the staff compare, then accept or refuse. */
import { ChangeRequest } from '../../src/models/change-request.ts'
import { acceptChanges, refuseChanges } from '../../src/operations/change-requests/decide-changes.ts'
import { recordAction } from '../actions.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'

export const changeRequests = defineResource(ChangeRequest, {
  id: 'change-requests',
  navigation: { group: 'clients', icon: 'Edit2' },
  title: 'id',
  long: ['reason', 'decisionReason'],
  tones: {
    state: { all: { pending: 'yours', accepted: 'done', refused: 'fail', withdrawn: 'closed' } },
  },
  list: [
    { property: 'organisationId', card: 'title' },
    { property: 'createdAt', card: 'sub' },
    { property: 'reason' },
    { property: 'state', card: 'state' },
    { property: 'decidedAt', optional: true },
    { property: 'decisionReason', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'pending', filters: { state: 'pending' } },
    { key: 'accepted', filters: { state: 'accepted' } },
    { key: 'refused', filters: { state: 'refused' } },
  ],
  filters: ['organisationId', 'state', 'createdAt', 'decidedAt'],
  show: {
    component: components.ChangeRequestCard,
    state: 'state',
    sections: [
      { key: 'request', fields: ['organisationId', 'reason', 'createdAt', 'decidedAt', 'decisionReason'] },
    ],
    steps: ['accept', 'refuse'],
  },
  actions: [
    recordAction({ name: 'accept', icon: 'Check', confirm: true }, async (request, requestId) => {
      await acceptChanges(request, { requestId })
    }),
    recordAction(
      {
        name: 'refuse',
        icon: 'X',
        tone: 'danger',
        confirm: true,
        fields: [{ name: 'reason', as: 'long', required: true }],
      },
      async (request, requestId, payload) => {
        await refuseChanges(request, { requestId, reason: String(payload['reason']) })
      },
    ),
  ],
})
