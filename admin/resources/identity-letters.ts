/** «Письма с кодом»: what people ordered on paper, to be printed, posted and waited for. */
import { IdentityLetter } from '../../src/models/identity-letter.ts'
import { postIdentityLetter } from '../../src/operations/identities/identity-letters.ts'
import { recordAction } from '../actions.ts'
import { components } from '../components/index.ts'
import { defineResource } from '../define-resource.ts'

export const identityLetters = defineResource(IdentityLetter, {
  id: 'identity-letters',
  navigation: { group: 'clients', icon: 'Mail' },
  title: 'recipientName',
  tones: {
    state: {
      all: {
        ordered: 'yours',
        printed: 'yours',
        posted: 'theirs',
        used: 'done',
        cancelled: 'closed',
        expired: 'fail',
      },
      support: { ordered: 'theirs', printed: 'theirs' },
    },
  },
  list: [
    { property: 'recipientName', card: 'title' },
    { property: 'createdAt', card: 'sub' },
    'printedAt',
    'postedAt',
    'expiresAt',
    { property: 'state', card: 'state' },
    { property: 'endedAt', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'waiting', filters: { state: 'ordered,printed' } },
    { key: 'posted', filters: { state: 'posted' } },
    { key: 'used', filters: { state: 'used' } },
  ],
  filters: ['state', 'createdAt', 'postedAt'],
  text: 'recipientName',
  show: {
    component: components.IdentityLetterCard,
    state: 'state',
    sections: [
      {
        key: 'letter',
        fields: ['recipientName', 'createdAt', 'printedAt', 'postedAt', 'expiresAt', 'tries', 'endedAt'],
      },
    ],
    steps: ['post'],
  },
  actions: [
    recordAction({ name: 'post', icon: 'Send', confirm: true }, async (request, letterId) => {
      await postIdentityLetter(request, { letterId })
    }),
  ],
})
