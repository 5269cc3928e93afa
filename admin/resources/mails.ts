/** Letters: what was sent to whom, and those whose fate a person must settle. */
import { Mail } from '../../src/models/mail.ts'
import { retryMail, settleNotSent, settleSent } from '../../src/operations/mails/settle-mail.ts'
import { recordAction } from '../actions.ts'
import { defineResource } from '../define-resource.ts'
import { mailKinds } from './choices.ts'

export const mails = defineResource(Mail, {
  id: 'mails',
  navigation: { group: 'system', icon: 'Mail' },
  title: 'subject',
  codes: ['messageId'],
  long: ['failureText', 'serverReply'],
  choices: { language: ['ru', 'en'], kind: mailKinds },
  tones: {
    state: {
      all: {
        waiting: 'theirs',
        sending: 'theirs',
        sent: 'done',
        uncertain: 'warn',
        failed: 'fail',
        no_address: 'warn',
      },
    },
  },
  list: [
    { property: 'subject', card: 'title' },
    { property: 'recipient', card: 'sub' },
    'organisationId',
    { property: 'state', card: 'state' },
    'sentAt',
    { property: 'kind', optional: true },
    { property: 'createdAt', optional: true },
  ],
  sortable: [],
  sort: { property: 'id', direction: 'desc' },
  chips: [
    { key: 'all', filters: {} },
    { key: 'uncertain', filters: { state: 'uncertain' } },
    { key: 'failed', filters: { state: 'failed' } },
    { key: 'noAddress', filters: { state: 'no_address' } },
    { key: 'waiting', filters: { state: 'waiting,sending' } },
  ],
  filters: ['organisationId', 'state', 'recipient', 'sentAt', 'createdAt'],
  text: 'recipient',
  show: {
    state: 'state',
    sections: [
      {
        key: 'letter',
        fields: ['subject', 'recipient', 'recipientName', 'organisationId', 'kind', 'language'],
      },
      {
        key: 'delivery',
        fields: ['createdAt', 'sentAt', 'messageId', 'serverReply', 'failureText', 'settledAt'],
      },
    ],
    steps: ['retry', 'settleSent', 'settleNotSent'],
  },
  actions: [
    recordAction({ name: 'retry', icon: 'RefreshCw' }, async (request, mailId) => {
      await retryMail(request, { mailId })
    }),
    recordAction({ name: 'settleSent', icon: 'Check', confirm: true }, async (request, mailId) => {
      await settleSent(request, { mailId })
    }),
    recordAction({ name: 'settleNotSent', icon: 'Send', confirm: true }, async (request, mailId) => {
      await settleNotSent(request, { mailId })
    }),
  ],
})
