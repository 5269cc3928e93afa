/** A client's own requests to change its requisites; they are read on the page of the organisation. */
import { ChangeRequest } from '../../src/models/change-request.ts'
import { withdrawChanges } from '../../src/operations/change-requests/decide-changes.ts'
import { recordAction } from '../actions.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'

export const ourChanges = defineResource(ChangeRequest, {
  id: 'change-requests',
  side: 'client',
  navigation: null,
  title: 'id',
  long: ['reason', 'decisionReason'],
  tones: { state: { all: { pending: 'theirs', accepted: 'done', refused: 'fail', withdrawn: 'closed' } } },
  list: [
    { property: 'createdAt', card: 'title' },
    { property: 'reason', card: 'sub' },
    { property: 'state', card: 'state' },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  filters: ['state', 'createdAt'],
  show: {
    component: components.ChangeRequestCard,
    state: 'state',
    sections: [{ key: 'request', fields: ['reason', 'createdAt', 'decidedAt', 'decisionReason'] }],
    steps: ['withdraw'],
  },
  actions: [
    recordAction({ name: 'withdraw', icon: 'RotateCcw', confirm: true }, async (request, requestId) => {
      await withdrawChanges(request, { requestId })
    }),
  ],
})
